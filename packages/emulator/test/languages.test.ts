// What README.md shows in other languages. curl and Python run here, the others in test/long/languages.test.ts.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
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

  const curl = LANGUAGES.filter(({ heading }) => heading === "curl and openssl");
  it.skipIf(!curl.every(isInstalled))("publishes an article with curl", async () => {
    const [, , block = ""] = (README.split("### curl and openssl")[1] ?? "").split("```sh\n");
    const [script = ""] = block.split("```");
    const chinese = readFileSync(new URL("../README.zh-CN.md", import.meta.url), "utf8");
    expect(chinese).toContain(script);
    emulator.control.reset();
    const cwd = mkdtempSync(join(tmpdir(), "wechat-curl-"));
    try {
      const own = script.replace("http://127.0.0.1:8790", emulator.baseUrl);
      await promisify(execFile)("sh", ["-euc", own], { cwd });
    } finally {
      rmSync(cwd, { recursive: true });
    }
    const [publication] = emulator.control.publications.list();
    expect(publication?.articles).toMatchObject([{ title: "灯笼街" }]);
    expect(emulator.control.previews).toMatchObject([{ towxname: "lantern_street" }]);
  });

  for (const language of LANGUAGES.filter(({ debian }) => debian === undefined)) {
    it.skipIf(!isInstalled(language))(`${language.heading} uploads the sample file`, () =>
      expectUpload(language, emulator),
    );
  }
});
