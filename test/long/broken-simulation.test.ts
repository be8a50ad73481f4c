// Copies of the sources, each made wrong in one way: the simulation finds every one within its thousand seeds.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { describe, expect, it } from "vitest";
import { breaks } from "../simulation/broken/breaks.ts";
import { breakSource, copySources } from "../simulation/broken/copy-sources.ts";
import { expectedViolations } from "../simulation/expected-violations.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SEEDS = 1000;
const ROWS = ["R1", "R2", "R3", "R4", "R5", "R6"];

interface Found {
  readonly seeds: number;
  readonly violations: readonly { readonly rule: string; readonly what: string }[];
}

/** Simulates in the folder until a violation is like that, and returns all. */
async function simulate(folder: string, shows: RegExp): Promise<Found> {
  const args = ["--seed", "0", "--seeds", String(SEEDS), "--until", shows.source, "--json"];
  const command = [join(folder, "test/simulation/simulate.ts"), ...args];
  const { stdout, stderr, exitCode } = await x(process.execPath, command);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Found;
}

const isMended = (row: string): boolean => !Object.hasOwn(expectedViolations, row);
/** A row that is still expected is broken as it is. */
const tried = breaks.filter(({ row }) => row === undefined || isMended(row));

describe("the simulation", () => {
  it.each(tried.map((each) => [each.name, each] as const))(
    "finds: %s",
    { timeout: 600_000 },
    async (_, each) => {
      const folder = mkdtempSync(join(tmpdir(), "broken-"));
      try {
        copySources(root, folder);
        breakSource(folder, each);
        const { violations } = await simulate(folder, each.shows);
        const found = violations.filter(({ rule, what }) => each.shows.test(`${rule}: ${what}`));
        expect(found.length).toBeGreaterThan(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  it("is tried with every row that was mended", () => {
    const rows = tried.map(({ row }) => row);
    expect(ROWS.filter((row) => isMended(row) && !rows.includes(row))).toEqual([]);
  });

  it("says where a change no longer fits", () => {
    const change = { file: "package.json", text: "what is not there", broken: "" };
    const gone = { name: "one", changes: [change], shows: /./ };
    expect(() => breakSource(root, gone)).toThrow("it is there 0 times");
  });
});
