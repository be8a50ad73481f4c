// The workflows of GitHub Actions as data.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

export interface Job {
  needs?: string | string[];
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  environment?: string;
  env?: Record<string, string>;
  /** Another workflow, in place of steps. */
  uses?: string;
  steps?: Step[];
}

export interface Step {
  id?: string;
  run?: string;
  uses?: string;
  with?: Record<string, string>;
  env?: Record<string, string>;
}

const folder = fileURLToPath(new URL("../../.github/workflows", import.meta.url));

/** The names of the workflows' files. */
export const workflowNames: readonly string[] = readdirSync(folder).sort();

/** The text of a workflow. */
export function workflowText(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** A workflow, its YAML parsed. */
export function workflow(name: string): Workflow {
  return parse(workflowText(name)) as Workflow;
}

/** The steps of all its jobs, in their order. */
export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}
