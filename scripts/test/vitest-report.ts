// Reads the report of vitest's JSON reporter.

import { relative } from "node:path";

export interface TestResult {
  /** File, suites and title: `test/conformance/files/digest.test.ts > digest > hashes nothing`. */
  name: string;
  status: "passed" | "failed" | "skipped";
}

export interface VitestReport {
  tests: TestResult[];
  /** Files that failed outside of any test, such as an import that does not resolve. */
  brokenFiles: string[];
}

interface JsonReport {
  testResults: {
    name: string;
    status: string;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

/** Parses the report's text; file names become relative to `root`. */
export function parseVitestReport(json: string, root: string): VitestReport {
  const files = (JSON.parse(json) as JsonReport).testResults;
  const tests: TestResult[] = [];
  const brokenFiles: string[] = [];
  for (const file of files) {
    const path = relative(root, file.name);
    for (const { ancestorTitles, title, status } of file.assertionResults) {
      tests.push({ name: [path, ...ancestorTitles, title].join(" > "), status: known(status) });
    }
    const failures = file.assertionResults.some(({ status }) => status === "failed");
    if (file.status === "failed" && !failures) brokenFiles.push(path);
  }
  return { tests, brokenFiles };
}

// The reporter also says "pending", "todo" and "disabled": none of them ran.
function known(status: string): TestResult["status"] {
  return status === "passed" || status === "failed" ? status : "skipped";
}
