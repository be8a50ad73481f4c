// The last section of docs/interop.md: programs in other languages that send as the official SDKs do. As
// root on Debian the languages are installed first; elsewhere what is missing is not run, and listed so.

import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPackages, whyNotInstallable } from "../../scripts/browsers.ts";
import { languages, programs, type Started } from "../interop/languages/programs.ts";
import { runProgram } from "../interop/languages/run-program.ts";
import { languagesSection } from "../interop/languages/section.ts";
import { joinPage, splitPage } from "../interop/page.ts";
import { expectGenuine } from "../interop/stock-expectations.ts";
import { type StockFinding, stockFinding } from "../interop/stock-finding.ts";
import { openStage, type Stage } from "../interop/stock-runs.ts";

const page = new URL("../../docs/interop.md", import.meta.url);

if (whyNotInstallable() === undefined) {
  const missing = languages.filter(([, language]) => !language.isInstalled());
  if (missing.length > 0) {
    await installPackages(missing.flatMap(([, { debian }]) => debian));
  }
}
const there = programs.filter(({ language }) => language.isInstalled());
const notRun = programs.filter((program) => !there.includes(program));

describe("under WeChat's host names", () => {
  let stage: Stage;
  const started = new Map<unknown, Started>();
  const findings: StockFinding[] = [];
  beforeAll(async () => {
    stage = await openStage();
    for (const language of new Set(there.map((program) => program.language))) {
      started.set(language, await language.prepare(stage.domain));
    }
  });
  afterAll(() => stage.close());

  it.each(there)("$name", async (program) => {
    const run = await runProgram(stage, program, started.get(program.language) as Started);
    expectGenuine(stage, run);
    const { rules = [] } = program;
    findings.push(stockFinding(program.name, run, { rules }));
  });

  it.skipIf(notRun.length > 0)("docs/interop.md says what each sends", async () => {
    const expected = languagesSection(findings);
    const [own, written] = splitPage(await readFile(page, "utf8"));
    if (process.env["UPDATE_DOCS"] === "1") return writeFile(page, joinPage(own, expected));
    expect(written, "docs/interop.md is out of date: UPDATE_DOCS=1 writes it anew").toBe(expected);
  });
});

for (const { name, language } of notRun) {
  it.skip(`${name}: needs ${language.debian.join(" ")}`, () => {});
}
