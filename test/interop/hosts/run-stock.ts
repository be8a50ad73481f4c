import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { StepReport } from "../stock/stock-client.ts";
import type { WireExchange } from "./conversation.ts";
import type { Domain } from "./domain.ts";

const PROGRAM = fileURLToPath(new URL("../stock/run.ts", import.meta.url));
const run = promisify(execFile);

/** A client that waits longer is ended. */
export const CLIENT_MS = 60_000;

/** What a client made of its steps, and all that went over the wire. */
export interface StockRun {
  readonly report: StepReport;
  readonly exchanges: readonly WireExchange[];
}

/** Runs a client in a process of its own, to which WeChat's host names are the domain. */
export async function runStock(
  domain: Domain,
  name: string,
  { license, businessCode }: { license: string; businessCode: string },
): Promise<StockRun> {
  domain.take();
  const output = await runInDomain(domain, PROGRAM, name, license, businessCode);
  return { report: lastLine(output) as StepReport, exchanges: domain.take() };
}

/** Runs a program of Node to which WeChat's host names are the domain; returns what it printed. */
export async function runInDomain(
  domain: Domain,
  program: string,
  ...args: readonly string[]
): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], {
    // Some keep files where they run.
    cwd: domain.folder,
    timeout: CLIENT_MS,
    env: { ...withoutProxies(), ...domain.env },
  });
  return stdout;
}

/** The environment without a proxy: a name would be resolved there. */
export function withoutProxies(): NodeJS.ProcessEnv {
  const all = Object.entries(process.env);
  return Object.fromEntries(all.filter(([name]) => !/_proxy$/i.test(name)));
}

/** Clients print what they like before it. */
export function lastLine(output: string): unknown {
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}
