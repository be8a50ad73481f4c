import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { findLeftovers } from "./leftovers.ts";

const root = join(import.meta.dirname, "../..");
const script = join(root, "scripts/test.ts");
const cases = [
  { what: "a run", command: [process.execPath, script], signal: "SIGINT" },
  // npm ends with its shell, without passing the signal on.
  { what: "npm", command: ["npm", "test", "--"], signal: "SIGTERM" },
] as const;

it.each(cases)(
  "$signal to $what leaves no process behind",
  async ({ what, command, signal }) => {
    const name = "WECHAT_EDGE_KILLED_RUN";
    const value = `${process.pid}-${what}-${signal}`;
    const [program, ...args] = command;
    const run = spawn(program, [...args, "--only", "node"], {
      cwd: root,
      stdio: "ignore",
      env: { ...process.env, [name]: value },
    });
    const exit = once(run, "exit");
    const seen = () => findLeftovers(`${name}=${value}`).map(({ command: line }) => line);
    try {
      // Only Linux shows the processes.
      if (process.platform === "linux") {
        await expect
          .poll(seen, { timeout: 60_000 })
          .toContainEqual(expect.stringMatching(/--json/));
        await expect
          .poll(seen, { timeout: 60_000 })
          .toContainEqual(expect.stringMatching(/vitest/));
      }
      run.kill(signal);
      const code = { SIGTERM: 143, SIGINT: 130 }[signal];
      expect(await exit).toEqual(what === "npm" ? expect.anything() : [code, null]);
      await expect.poll(seen, { timeout: 10_000 }).toEqual([]);
    } finally {
      run.kill("SIGKILL");
    }
  },
  150_000,
);
