// What the packages export, compared with etc/*.api.md, so that a change of it is seen in its diff.
// UPDATE_API=1 writes them.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { apiReports } from "../consumers/api-report.ts";
import { makeDirectory } from "./tarball.ts";

const kept = fileURLToPath(new URL("../../etc", import.meta.url));
const directory = makeDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it("is what etc/*.api.md say (UPDATE_API=1 writes them)", () => {
  const reports = apiReports(directory);
  if (process.env["UPDATE_API"] !== undefined) {
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept);
    for (const [file, report] of reports) writeFileSync(join(kept, file), report);
  }
  expect([...reports.keys()].sort()).toEqual(readdirSync(kept).sort());
  for (const [file, report] of reports) {
    expect(report).toBe(readFileSync(join(kept, file), "utf8"));
  }
});
