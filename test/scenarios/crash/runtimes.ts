import { execFileSync } from "node:child_process";
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

let deno: string | undefined;

/** What is installed is a script that starts Deno, and Deno would outlive it. */
function realDeno(): string {
  const script = installed("deno");
  if (!existsSync(script)) return script;
  deno ??= execFileSync(script, ["eval", "console.log(Deno.execPath())"]).toString().trim();
  return deno;
}

/** Node, Deno and Bun. */
export const childRuntimes: readonly ChildRuntime[] = [
  node,
  {
    name: "deno",
    get command() {
      return [realDeno(), "run", "-A"] as const;
    },
  },
  { name: "bun", command: [installed("bun")] },
];

export function isInstalled({ command: [program] }: ChildRuntime): boolean {
  return existsSync(program);
}
