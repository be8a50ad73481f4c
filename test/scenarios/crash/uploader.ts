// Uploads a video in a process of its own, which may be killed at any moment. Its task is JSON in argv[2].

import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { generatedDetails, generatedVideo } from "./generated-video.ts";
import { type MortalTask, mortalClient, writeWhole } from "./mortal.ts";

/** The task of an uploader process. */
export interface UploaderTask extends MortalTask {
  readonly size: number;
  readonly seed: number;
  readonly concurrency: number;
  /** The file that the checkpoint is written to, and read from. */
  readonly checkpointFile: string;
}

const task = JSON.parse(process.argv[2] ?? "") as UploaderTask;
const mp = mortalClient(task);
const { checkpointFile, concurrency } = task;
const isResumed = existsSync(checkpointFile);
const result = await uploadVideoMaterial(
  mp,
  generatedDetails,
  generatedVideo(task.size, task.seed),
  {
    concurrency,
    // A run that was killed during the last call cannot know its outcome; a second copy does no harm here.
    ...(isResumed && { checkpoint: readFileSync(checkpointFile, "utf8"), retryUnknown: true }),
    onCheckpoint: (checkpoint) => writeWhole(checkpointFile, checkpoint),
  },
);
console.log(JSON.stringify(result));
