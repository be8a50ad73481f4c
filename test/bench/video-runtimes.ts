import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { toolNode } from "../support/tool-node.ts";
import type { ClientResult, ClientTask } from "./video-client.ts";

/** A runtime that uploads videos from a disk. */
export interface VideoRuntime {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly isHere: boolean;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = `${root}test/runtimes/node_modules/.bin`;
const clientSource = fileURLToPath(new URL("video-client.ts", import.meta.url));

/** Node, Bun and Deno. */
export const videoRuntimes: readonly VideoRuntime[] = [
  { name: "Node", command: [toolNode()], isHere: true },
  runtime("Bun", "bun"),
  runtime("Deno", "deno", "run", "-A", "--no-check"),
];

/** Makes one JavaScript file of the client, as an application would be: stripping types costs Node 40 MB. */
export async function buildClient(folder: string): Promise<string> {
  const outfile = join(folder, "client.mjs");
  await build({
    entryPoints: [clientSource],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "error",
  });
  return outfile;
}

/** Uploads a video in a process of that runtime. */
export async function uploadIn(
  { command }: VideoRuntime,
  client: string,
  task: ClientTask,
): Promise<ClientResult> {
  const [program, ...args] = command;
  const printed = await output(program, [...args, client, JSON.stringify(task)]);
  return JSON.parse(printed) as ClientResult;
}

/** Runs a program in the project's folder and returns what it printed; rejects where it failed. */
export function output(program: string, args: readonly string[], cwd = root): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${program} ended with ${code}: ${errors}${printed}`));
    });
  });
}

function runtime(name: string, program: string, ...args: string[]): VideoRuntime {
  const path = `${installed}/${program}`;
  return { name, command: [path, ...args], isHere: existsSync(path) };
}
