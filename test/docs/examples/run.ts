// Runs the files of blocks in a runtime, as they stand.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startWorker } from "../../support/worker.ts";

const installed = fileURLToPath(new URL("../../runtimes/node_modules/.bin/", import.meta.url));
const bin = fileURLToPath(new URL("../../../node_modules/.bin/", import.meta.url));

export interface Outcome {
  /** The lines it printed. */
  readonly printed: readonly string[];
  /** What it ended with, where it failed. */
  readonly failure: string | undefined;
}

const runtimes = {
  node: [process.execPath, "--no-warnings"],
  deno: [`${installed}deno`, "run", "--allow-all", "--no-check", "--node-modules-dir=manual"],
  bun: [`${installed}bun`, "run"],
} as const;

/** A runtime that runs a file from the command line. */
export type CommandLineRuntime = keyof typeof runtimes;

const START = "\u0001start ";
const FAILURE = "\u0001failure ";

/**
 * Runs modules one after another in one process, which must end by itself, and those after one that ended it in
 * another. Returns the outcomes by file.
 */
export async function runModules(
  runtime: CommandLineRuntime,
  project: string,
  files: readonly string[],
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  let left = files;
  while (left.length > 0) {
    const { output, code } = await runInOneProcess(runtime, project, left);
    const parts = output.split(START).slice(1);
    if (parts.length === 0) throw new Error(`${runtime} ended with ${code}:\n${output}`);
    for (const [index, part] of parts.entries()) {
      const [head = "", thrown] = part.split(FAILURE);
      const [file = "", ...printed] = head.split("\n");
      const hasEndedIt = code !== 0 && index === parts.length - 1;
      const end = hasEndedIt ? `${runtime} ended with ${code}:\n${part}` : undefined;
      outcomes.set(file, { printed, failure: thrown ?? end });
    }
    left = left.slice(parts.length);
  }
  return outcomes;
}

function runInOneProcess(
  runtime: CommandLineRuntime,
  project: string,
  files: readonly string[],
): Promise<{ output: string; code: number | null }> {
  const script = `run-in-${runtime}.mjs`;
  const lines = files.map(
    (file) => `console.log(${JSON.stringify(START + file)});
try { await import(${JSON.stringify(`./${file}`)}); }
catch (error) { console.log(${JSON.stringify(FAILURE)} + (error?.stack ?? error)); }`,
  );
  writeFileSync(join(project, script), lines.join("\n"));
  return finished([...runtimes[runtime], script], project);
}

/** How a test file is run by its runner; the runner is the one that the file imports or calls. */
const runners: ReadonlyMap<RegExp, readonly string[]> = new Map([
  [/from "node:test"/, [process.execPath, "--no-warnings", "--test"]],
  [/from "bun:test"/, [`${installed}bun`, "test"]],
  [/\bDeno\.test\(/, [`${installed}deno`, "test", "--no-check", "--node-modules-dir=manual"]],
  [/from "vitest"/, [process.execPath, `${bin}../vitest/vitest.mjs`, "run", "--root=."]],
]);

/** The command that runs a file of tests, or undefined for another file. */
export function runnerOf(code: string): readonly string[] | undefined {
  return [...runners].find(([sign]) => sign.test(code))?.[1];
}

/**
 * Runs files of tests, all in one process; where one fails, each again alone. Returns what was printed of those that
 * fail, by file.
 */
export async function runTests(
  runner: readonly string[],
  project: string,
  files: readonly string[],
): Promise<Map<string, string>> {
  const { output, code } = await finished(
    [...runner, ...files.map((file) => `./${file}`)],
    project,
  );
  // vitest says nothing of a file that it does not find beside others.
  const isVitest = runner.some((word) => word.endsWith("vitest.mjs"));
  if (code === 0 && (!isVitest || files.every((file) => output.includes(file)))) return new Map();
  const [file = "", ...others] = files;
  if (others.length === 0) return new Map([[file, output]]);
  const failures = new Map<string, string>();
  for (const each of files) {
    for (const [name, text] of await runTests(runner, project, [each])) failures.set(name, text);
  }
  return failures;
}

/** Asks Workers, which share one runtime, with a GET request each. Returns the lines of their answers by file. */
export async function askWorkers(
  project: string,
  files: readonly string[],
): Promise<Map<string, string[]>> {
  const entrypoint = join(project, "workers.mjs");
  const imports = files.map((file, index) => `import worker${index} from "./${file}";`);
  writeFileSync(
    entrypoint,
    `${imports.join("\n")}
const workers = [${files.map((_, index) => `worker${index}`).join(", ")}];
export default {
  fetch(request, env, context) {
    const worker = workers[Number(request.headers.get("x-worker"))];
    return worker.fetch(new Request("http://localhost/", request), env, context);
  },
};
`,
  );
  const worker = await startWorker({ entrypoint });
  const answers = new Map<string, string[]>();
  try {
    for (const [index, file] of files.entries()) {
      const headers = { "x-worker": String(index) };
      const reply = await worker.fetch("http://localhost/", { headers });
      const text = await reply.text();
      answers.set(file, reply.ok ? text.split("\n") : [`${reply.status}: ${text}`]);
    }
  } finally {
    await worker.dispose();
  }
  return answers;
}

const LONGEST_MS = 100_000;

function finished(
  [program = "", ...args]: readonly string[],
  cwd: string,
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    // A test runner started here must not take itself for a worker of the vitest that runs this.
    const outer = Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
    );
    const env = { ...Object.fromEntries(outer), NO_COLOR: "1", DENO_DIR: join(cwd, ".deno") };
    const child = spawn(program, args, { cwd, env, timeout: LONGEST_MS });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ output, code }));
  });
}
