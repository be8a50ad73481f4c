// What README.md shows in other languages. curl and Python run here, the others in test/long/languages.test.ts.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../src/node.ts";
import {
  blockUnder,
  expectUpload,
  isInstalled,
  LANGUAGES,
  README,
} from "./documented-languages.ts";

describe("README.md, from any language", { timeout: 120_000 }, () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
  });
  afterAll(() => emulator.close());

  it("shows all of them, and no other", () => {
    const section = README.split("\n## From any language")[1]?.split("\n## ")[0] ?? "";
    const headings = [...section.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(LANGUAGES.map(({ heading }) => heading));
  });

  it("has the same in README.zh-CN.md", () => {
    const chinese = readFileSync(new URL("../README.zh-CN.md", import.meta.url), "utf8");
    const missing = LANGUAGES.filter(({ heading }) => !chinese.includes(blockUnder(heading)));
    expect(missing).toEqual([]);
  });

  for (const language of LANGUAGES.filter(({ debian }) => debian === undefined)) {
    it.skipIf(!isInstalled(language))(`${language.heading} uploads the sample file`, () =>
      expectUpload(language, emulator),
    );
  }
});
