import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A runtime that a child runs in. */
export interface ChildRuntime {
  readonly name: string;
  /** The program and its first arguments; the script follows. */
  readonly command: readonly [program: string, ...args: string[]];
}

const installed = (name: string): string =>
  fileURLToPath(new URL(`../../runtimes/node_modules/.bin/${name}`, import.meta.url));

export const node: ChildRuntime = { name: "node", command: [process.execPath] };

/** Node, Deno and Bun. */
export const childRuntimes: readonly ChildRuntime[] = [
  node,
  { name: "deno", command: [installed("deno"), "run", "-A"] },
  { name: "bun", command: [installed("bun")] },
];

export function isInstalled({ command: [program] }: ChildRuntime): boolean {
  return existsSync(program);
}
