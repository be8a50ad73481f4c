// npm run test:long runs what is too long or too heavy for npm test. Each file in test/long is a step.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { longSteps } from "./commands.mjs";
import { outcomeOf } from "./test/outcome.ts";
import { startRun } from "./test/run.ts";
import { runCommand } from "./test/run-command.ts";
import { runSuite } from "./test/run-suite.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const { values } = readArguments("test:long", process.argv.slice(2));
const chosen = (values["only"] as string | undefined)?.split(",") ?? longSteps;
const run = startRun(longSteps, (step) => chosen.includes(step));
const vitest = [process.execPath, "node_modules/vitest/vitest.mjs", "run"] as const;

/** Where Debian's packages are missing, what needs them is listed. */
const needsDebian = new Set(["interop-languages"]);

await run.step("crash", async (onTest) => {
  const point = /^(ok|FAILED) (\d+ .*)$/;
  const { code, output } = await runCommand(process.execPath, ["test/scenarios/crash/run.ts"], {
    takesLine(line) {
      const [, mark, name = ""] = point.exec(line) ?? [];
      if (mark !== undefined) onTest({ name, hasFailed: mark === "FAILED" });
      return false;
    },
  });
  const points = output.split("\n").filter((line) => point.test(line));
  const failedTests = points.filter((line) => line.startsWith("FAILED")).length;
  return {
    problems: code === 0 && points.length > 0 ? [] : [output],
    note: `${points.length} points`,
    passedTests: points.length - failedTests,
    failedTests,
  };
});
for (const name of longSteps.filter((step) => step !== "crash")) {
  await run.step(name, async (onTest) => {
    const command = [...vitest, "--project", "long", `test/long/${name}.test.ts`] as const;
    const result = await runSuite(command, { onTest });
    const maySkip = needsDebian.has(name);
    if (maySkip) for (const test of result.skipped) run.notRun(`not run: ${test}`);
    return outcomeOf(result, { maySkip });
  });
}
run.finish();
