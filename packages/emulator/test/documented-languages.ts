// The requests that README.md shows in other languages, run as they stand there against an emulator,
// each in an empty folder.

import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { RunningEmulator } from "../src/node.ts";
import { sampleFile } from "../src/samples.ts";
import { sha256 } from "./pay/upload-request.ts";

export const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const HOST = "http://127.0.0.1:8790";

export interface Language {
  heading: string;
  file: string;
  command: readonly [string, ...string[]];
  version: readonly [string, ...string[]];
  /** Debian's packages with it, where not every machine of a developer has it: test/long installs and runs those. */
  debian?: readonly string[];
}

export const LANGUAGES: readonly Language[] = [
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
  {
    heading: "PHP",
    file: "upload.php",
    command: ["php", "upload.php"],
    version: ["php", "-v"],
    debian: ["php-cli", "php-curl"],
  },
  {
    heading: "Java",
    file: "Upload.java",
    command: ["java", "Upload.java"],
    version: ["java", "-version"],
    debian: ["default-jdk-headless"],
  },
  {
    heading: "Go",
    file: "upload.go",
    command: ["go", "run", "upload.go"],
    version: ["go", "version"],
    debian: ["golang-go"],
  },
];

/** The block of README.md under a heading. */
export function blockUnder(heading: string): string {
  const section = README.split(`\n### ${heading}\n`)[1] ?? "";
  const [, block = ""] = /```\w+\n([\s\S]*?)```/.exec(section) ?? [];
  return block;
}

/** Whether the language is on this machine. */
export const isInstalled = ({ version: [command, ...flags] }: Language): boolean =>
  spawnSync(command, flags).status === 0;

/** Runs the block of a language in an empty folder; the emulator must then have the sample file. */
export async function expectUpload(language: Language, emulator: RunningEmulator): Promise<void> {
  const { heading, file, command } = language;
  const own = mkdtempSync(join(tmpdir(), "wechat-language-"));
  try {
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
    const digest = sha256(new Uint8Array(await sampleFile("licence.jpg").arrayBuffer()));
    expect([...payMedia, ...mpMedia]).toMatchObject([
      { media_id, filename: "licence.jpg", sha256: digest },
    ]);
  } finally {
    rmSync(own, { recursive: true });
  }
}
