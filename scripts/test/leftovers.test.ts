import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { findLeftovers, killLeftovers } from "./leftovers.ts";

const seesOthers = process.platform === "linux";

describe("findLeftovers", () => {
  it("finds the process that carries the marker", async () => {
    const child = spawn("node", ["--eval", "process.stdin.resume()"], {
      env: { ...process.env, WECHAT_EDGE_LEFTOVER: String(process.pid) },
    });
    const exit = once(child, "exit");
    await once(child, "spawn");
    const marker = `WECHAT_EDGE_LEFTOVER=${process.pid}`;
    const pids = findLeftovers(marker).map(({ pid }) => pid);
    child.kill();
    await exit;
    expect(pids).toEqual(seesOthers ? [child.pid] : []);
    expect(findLeftovers(marker)).toEqual([]);
  });
});

describe("killLeftovers", () => {
  it("ends a process, and does not mind one that has ended", async () => {
    const child = spawn("node", ["--eval", "process.stdin.resume()"]);
    const exit = once(child, "exit");
    await once(child, "spawn");
    const leftover = { pid: child.pid ?? 0, command: "node" };
    killLeftovers([leftover]);
    expect(await exit).toEqual([null, "SIGKILL"]);
    expect(() => killLeftovers([leftover])).not.toThrow();
  });
});
