import { spawn } from "node:child_process";
import process from "node:process";
import type { ChildRuntime } from "./runtimes.ts";

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly errors: string;
}

/** A process that was given a task as JSON, and may be killed at any moment. */
export interface Child {
  readonly ended: Promise<Ended>;
  kill(): void;
}

export function runChild(runtime: ChildRuntime, script: string, task: object): Child {
  const [program, ...args] = runtime.command;
  const child = spawn(program, [...args, script, JSON.stringify(task)], {
    // The program may be a launcher, as npm's deno is: the group dies with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGKILL");
  };
  return { ended, kill };
}
