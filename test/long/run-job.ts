// A job of a workflow, run on this machine as far as it can be: each in a clone of its own, with its
// environment, its outputs and the artifacts of the jobs before it.

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { x } from "tinyexec";
import type { Step, Workflow } from "../support/workflows.ts";

export interface Runner {
  /** Where everything happens. */
  folder: string;
  /** The repository that jobs clone. */
  repository: string;
  /** What the expressions of the workflow mean: "github.token" and the like. */
  values: Map<string, string>;
  /** The command that is run in place of one that would publish, or run this very test. */
  trialOf: (command: string) => string;
  /** Commands that stand before those of the machine. */
  bin: string;
  /** Told of every command of the workflow that was run. */
  onRun: (command: string) => void;
}

/** Runs the steps of a job; its outputs become values of the runner. Returns what it printed. */
export async function runJob(runner: Runner, { jobs }: Workflow, name: string): Promise<string> {
  const job = jobs[name];
  if (job?.steps === undefined) throw new Error(`There is no job ${name} with steps.`);
  const cwd = mkdtempSync(join(runner.folder, `${name}-`));
  let printed = "";
  for (const step of job.steps) {
    const [action] = step.uses?.split("@") ?? [];
    if (action === "actions/checkout")
      await x("git", ["clone", "-q", runner.repository, cwd], throwing);
    else if (action === "actions/upload-artifact") cpSync(...artifact(runner, step, cwd), deep);
    else if (action === "actions/download-artifact") {
      const [path, stored] = artifact(runner, step, cwd);
      cpSync(stored, path, deep);
    } else if (action === "changesets/action/version") {
      printed += await runCommand(runner, { run: step.with?.["script"] ?? "" }, cwd, job.env);
      const all = [
        "-c",
        "git add -A && git -c user.name=CI -c user.email=ci@example.com commit -qm 'Next version' && git push -q origin HEAD:main",
      ];
      await x("bash", all, { ...throwing, nodeOptions: { cwd } });
    } else if (step.run !== undefined) {
      printed += await runCommand(runner, step, cwd, job.env);
    } else if (action !== "actions/setup-node") {
      throw new Error(`The job ${name} uses ${action}, which this runner does not know.`);
    }
  }
  return printed;
}

const throwing = { throwOnError: true };
const deep = { recursive: true };

function artifact(
  runner: Runner,
  { with: inputs }: Step,
  cwd: string,
): [path: string, stored: string] {
  const stored = join(runner.folder, "artifacts", inputs?.["name"] ?? "");
  return [join(cwd, inputs?.["path"] ?? ""), stored];
}

async function runCommand(
  runner: Runner,
  step: Step,
  cwd: string,
  jobEnv: Readonly<Record<string, string>> = {},
): Promise<string> {
  const command = step.run?.trim() ?? "";
  const outputs = join(mkdtempSync(join(runner.folder, "outputs-")), "outputs");
  writeFileSync(outputs, "");
  const given = Object.entries({ ...jobEnv, ...step.env });
  const env = {
    ...Object.fromEntries(given.map(([key, value]) => [key, expand(runner, value)])),
    CI: "true",
    GITHUB_OUTPUT: outputs,
    GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
    PATH: [runner.bin, dirname(process.execPath), process.env["PATH"]].join(delimiter),
    VITEST: undefined,
    npm_config_update_notifier: "false",
  };
  const options = { nodePath: false, nodeOptions: { cwd, env } };
  const { exitCode, stdout, stderr } = await x(
    "bash",
    ["-e", "-c", runner.trialOf(command)],
    options,
  );
  if (exitCode !== 0) throw new Error(`“${command}” ended with ${exitCode}:\n${stdout}${stderr}`);
  runner.onRun(command);
  for (const line of readFileSync(outputs, "utf8").split("\n").filter(Boolean)) {
    const [key = "", value = ""] = line.split("=", 2);
    runner.values.set(`needs.${step.id}.outputs.${key}`, value);
  }
  return stdout + stderr;
}

function expand({ values }: Runner, text: string): string {
  return text.replace(/\$\{\{ (\S+) \}\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`Nothing says what ${name} is.`);
    return value;
  });
}
