import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutProxies } from "../hosts/run-stock.ts";
import { served } from "./accounts.ts";

const PROGRAM = fileURLToPath(new URL("run.ts", import.meta.url));

/** A client that receives messages in a process of its own. */
export interface CallbackServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function startCallbackServer(name: string): Promise<CallbackServer> {
  const folder = await mkdtemp(join(tmpdir(), "wechat-edge-callbacks-"));
  const child = spawn(
    process.execPath,
    ["--no-deprecation", PROGRAM, name, JSON.stringify(served)],
    {
      // Some keep files where they run.
      cwd: folder,
      env: withoutProxies(),
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = once(child, "exit");
  const [port] = await Promise.race([
    once(child.stdout, "data"),
    ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}.`))),
  ]);
  return {
    origin: `http://127.0.0.1:${String(port).trim()}`,
    async close() {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
