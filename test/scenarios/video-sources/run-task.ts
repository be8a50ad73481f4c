// Uploads a file from disk, in any runtime. Its task is JSON in the last argument.

import { statSync, truncateSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createMpClient, type FileInput } from "@wechat-edge/core";
import { uploadVideoMaterial, type VideoDetails } from "@wechat-edge/mp-publish";

export interface SourceTask {
  readonly baseUrl: string;
  readonly appid: string;
  readonly secret: string;
  readonly path: string;
  readonly details: VideoDetails;
  /** What happens to the file between the passes. */
  readonly change: "none" | "content" | "shorter";
}

/** Prints the result, or the error's name, code and reason. */
export async function runTask(
  open: (path: string) => FileInput | Promise<FileInput>,
): Promise<void> {
  const task = JSON.parse(process.argv.at(-1) ?? "") as SourceTask;
  const { path, change, details, ...client } = task;
  const mp = createMpClient({ ...client, timeout: 20_000 });
  const outcome = await uploadVideoMaterial(mp, details, await open(path), {
    onCheckpoint({ acked, phase }) {
      if (phase !== "upload" || acked.length > 0) return;
      if (change === "shorter") truncateSync(path, statSync(path).size - 1);
      if (change === "content") writeFileSync(path, "other", { flag: "r+" });
    },
  }).catch(({ name, code, reason }: Error & { code?: string; reason?: string }) => ({
    name,
    code,
    reason,
  }));
  console.log(JSON.stringify(outcome));
}
