// The requests that README.md shows in other languages, run as they stand there against an emulator,
// each in an empty folder. A language that is not on this machine is skipped by name.

import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../src/node.ts";
import { sampleFile } from "../src/samples.ts";
import { sha256 } from "./pay/upload-request.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const HOST = "http://127.0.0.1:8790";

interface Language {
  heading: string;
  file: string;
  command: readonly [string, ...string[]];
  version: readonly [string, ...string[]];
}

const LANGUAGES: readonly Language[] = [
  {
    heading: "curl and openssl",
    file: "upload.sh",
    command: ["sh", "-eu", "upload.sh"],
    version: ["curl", "--version"],
  },
  {
    heading: "Python",
    file: "upload.py",
    command: ["python3", "upload.py"],
    version: ["python3", "--version"],
  },
  { heading: "PHP", file: "upload.php", command: ["php", "upload.php"], version: ["php", "-v"] },
  {
    heading: "Java",
    file: "Upload.java",
    command: ["java", "Upload.java"],
    version: ["java", "-version"],
  },
  {
    heading: "Go",
    file: "upload.go",
    command: ["go", "run", "upload.go"],
    version: ["go", "version"],
  },
];

function blockUnder(heading: string): string {
  const section = README.split(`\n### ${heading}\n`)[1] ?? "";
  const [, block = ""] = /```\w+\n([\s\S]*?)```/.exec(section) ?? [];
  return block;
}

const isInstalled = ([command, ...flags]: readonly [string, ...string[]]): boolean =>
  spawnSync(command, flags).status === 0;

describe("README.md, from any language", { timeout: 120_000 }, () => {
  let emulator: RunningEmulator;
  const folder = mkdtempSync(join(tmpdir(), "wechat-languages-"));
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

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

  for (const { heading, file, command, version } of LANGUAGES) {
    it.skipIf(!isInstalled(version))(`${heading} uploads the sample file`, async () => {
      const own = mkdtempSync(join(folder, "run-"));
      const block = blockUnder(heading);
      expect(block).toContain(HOST);
      writeFileSync(join(own, file), block.replaceAll(HOST, emulator.baseUrl));
      emulator.control.reset();
      const [program, ...flags] = command;
      // Go keeps what it has built below HOME.
      const env = { ...process.env, HOME: own, GOCACHE: join(own, "cache"), GOFLAGS: "-mod=mod" };
      const { stdout } = await promisify(execFile)(program, flags, { cwd: own, env });
      const { media_id } = JSON.parse(stdout) as { media_id: string };
      const { payMedia, mpMedia } = emulator.control;
      const stored = [...payMedia, ...mpMedia];
      const digest = sha256(new Uint8Array(await sampleFile("licence.jpg").arrayBuffer()));
      expect(stored).toMatchObject([{ media_id, filename: "licence.jpg", sha256: digest }]);
    });
  }
});
