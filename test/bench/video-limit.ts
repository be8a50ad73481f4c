// The composite limit: one pass of openssl over the file, then its blocks with one curl. Nothing here
// digests single blocks, so that an uploader which does cannot reach it on one core.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "./video-runtimes.ts";

/** What the limit took. */
export interface LimitResult {
  readonly hashMs: number;
  readonly sendMs: number;
}

const BLOCK_BYTES = 1024 * 1024;

/** The programs of the limit that are not on this machine. */
export function missingForLimit(): string[] {
  return ["openssl", "curl", "split"].filter(
    (program) => spawnSync(program, ["--version"]).error !== undefined,
  );
}

/** Cuts the file into blocks, which is not measured, and returns what measures the limit. */
export async function prepareLimit(
  folder: string,
  file: { readonly path: string; readonly size: number },
  origin: string,
): Promise<() => Promise<LimitResult>> {
  const count = Math.ceil(file.size / BLOCK_BYTES);
  await output("split", ["-b", String(BLOCK_BYTES), "-a", "4", "-d", file.path, "part-"], folder);
  const requests = Array.from({ length: count }, (_, index) =>
    [
      `url = "${origin}/cgi-bin/material/upload_video?action=upload_block&vid=none&part_num=${index + 1}"`,
      `data-binary = "@${join(folder, `part-${String(index).padStart(4, "0")}`)}"`,
      'header = "Content-Type: application/octet-stream"',
      'header = "Expect:"',
      'output = "/dev/null"',
    ].join("\n"),
  );
  const config = join(folder, "curl.config");
  writeFileSync(config, requests.join("\nnext\n"));
  return async () => {
    const started = performance.now();
    await output("openssl", ["dgst", "-sha1", file.path]);
    const hashed = performance.now();
    await output("curl", ["--silent", "--fail", "--config", config]);
    return { hashMs: hashed - started, sendMs: performance.now() - hashed };
  };
}
