import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findLeftovers } from "./leftovers.ts";

const script = join(import.meta.dirname, "../test.ts");

it.each(["SIGTERM", "SIGINT"] as const)(
  "a run that %s ends leaves no process behind",
  async (signal) => {
    const name = "WECHAT_EDGE_KILLED_RUN";
    const value = `${process.pid}-${signal}`;
    const run = spawn(process.execPath, [script, "--only", "node"], {
      stdio: "ignore",
      env: { ...process.env, [name]: value },
    });
    const exit = once(run, "exit");
    const seen = () => findLeftovers(`${name}=${value}`);
    try {
      // The run itself, the emulator, vitest and a worker of it; nothing to see beyond Linux.
      const wanted = process.platform === "linux" ? 4 : 0;
      await expect.poll(() => seen().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(wanted);
      run.kill(signal);
      expect(await exit).toEqual([signal === "SIGINT" ? 130 : 143, null]);
      await expect.poll(seen).toEqual([]);
    } finally {
      run.kill("SIGKILL");
    }
  },
  90_000,
);
