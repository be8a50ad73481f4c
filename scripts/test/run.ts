// A test run: prints its steps, counts tests, and checks that nothing is left behind.

import { resolve } from "node:path";
import process from "node:process";
import { searchKept } from "./kept.ts";
import { findLeftovers, killLeftovers } from "./leftovers.ts";
import type { TestEnd } from "./progress.ts";
import { stopCommands } from "./run-command.ts";
import { changedFiles, snapshotTree } from "./tree-snapshot.ts";

/** How a step ended. It passed if it has no problems. */
export interface Outcome {
  problems: readonly string[];
  /** Printed after the name of the step, such as `12 tests`. */
  note?: string;
  passedTests?: number;
  failedTests?: number;
}

export interface Run {
  /** Runs a step if it was chosen. `onTest` counts tests and prints failures at once. */
  step(name: string, work: (onTest: (end: TestEnd) => void) => Promise<Outcome>): Promise<void>;
  /** Prints and counts the outcome of something that is not a step. */
  end(name: string, outcome: Outcome): void;
  /** Adds a line to the list at the end of the run. */
  notRun(line: string): void;
  /** Checks for leftovers, prints the counts and sets the exit code. */
  finish(): void;
}

// Node keeps what it compiled there, types stripped: most tests of a command wait for its start.
const COMPILED = "node_modules/.cache/compiled";
const MARKER = "WECHAT_EDGE_TEST_RUN";
const COUNT_EVERY_MS = 15_000;

/** Starts a run of the chosen ones of `steps`. */
export function startRun(steps: readonly string[], chosen: (step: string) => boolean): Run {
  // Every process of this run has the marker in its environment, so that leftovers are found.
  const marker = `${process.pid}-${Date.now()}`;
  process.env[MARKER] = marker;
  process.env["NODE_COMPILE_CACHE"] ??= resolve(COMPILED);
  const leftovers = () => findLeftovers(`${MARKER}=${marker}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopCommands();
      killLeftovers(leftovers());
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
  const treeBefore = snapshotTree(".");
  const passed = { steps: 0, tests: 0 };
  const failed = { steps: 0, tests: 0 };
  const notRun: string[] = [];

  function end(name: string, { problems, note }: Outcome, time?: string): void {
    const notes = [note, time].filter((each) => each !== undefined).join(", ");
    if (problems.length === 0) {
      passed.steps += 1;
      console.log(`ok      ${name}${notes && ` (${notes})`}`);
      return;
    }
    failed.steps += 1;
    console.log(`FAILED  ${name}${notes && ` (${notes})`}`);
    for (const problem of problems) console.log(indent(problem));
  }

  return {
    async step(name, work) {
      if (!chosen(name)) return;
      console.log(`start   ${name}`);
      const start = performance.now();
      const counts = { passed: 0, failed: 0 };
      const timer = setInterval(() => {
        if (counts.passed + counts.failed === 0) return;
        console.log(`        ${name}: ${counts.passed} passed, ${counts.failed} failed so far`);
      }, COUNT_EVERY_MS);
      const onTest = ({ name: test, hasFailed, error }: TestEnd) => {
        counts[hasFailed ? "failed" : "passed"] += 1;
        if (hasFailed) console.log(indent(`${name}: ✗ ${test}\n  ${error ?? ""}`));
      };
      const outcome = await work(onTest).catch((error): Outcome => ({ problems: [String(error)] }));
      clearInterval(timer);
      passed.tests += outcome.passedTests ?? 0;
      failed.tests += outcome.failedTests ?? 0;
      end(name, outcome, `${((performance.now() - start) / 1000).toFixed(1)} s`);
    },
    end,
    notRun: (line) => notRun.push(line),
    finish() {
      const left = leftovers();
      killLeftovers(left);
      end("no process left behind", {
        problems: left.map(({ pid, command }) => `${pid} ${command}`),
      });
      end("no secret in what was printed and kept", searchKept());
      const treeAfter = snapshotTree(".");
      if (treeBefore !== undefined && treeAfter !== undefined) {
        end("no file changed", { problems: changedFiles(treeBefore, treeAfter) });
      }
      const others = steps.filter((name) => !chosen(name));
      if (others.length > 0)
        console.log(`not run, because others were chosen: ${others.join(", ")}`);
      for (const line of notRun) console.log(line);
      console.log(`${passed.steps + passed.tests} passed, ${failed.steps + failed.tests} failed`);
      process.exitCode = failed.steps + failed.tests > 0 ? 1 : 0;
    },
  };
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "        ");
}
