import process from "node:process";
import type { TestUserConfig } from "vitest/node";
import { progressReporter } from "./progress.ts";

/** The environment variable with the path of the report for run-suite.ts; not set if vitest is run by hand. */
export const REPORT_FILE = "WECHAT_EDGE_TEST_REPORT";

/** The reporters of every vitest configuration here. */
export function reporters(): NonNullable<TestUserConfig["reporters"]> {
  const outputFile = process.env[REPORT_FILE];
  if (outputFile === undefined) return ["default"];
  return ["default", ["json", { outputFile }], progressReporter];
}
