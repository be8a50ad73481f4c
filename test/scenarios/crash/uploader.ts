// Uploads a video in a process of its own, which may be killed at any moment. Its task is JSON in argv[2].

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createMpClient } from "@wechat-edge/core";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { generatedVideo } from "./generated-video.ts";

/** The task of an uploader process. */
export interface UploaderTask {
  readonly baseUrl: string;
  readonly appid: string;
  readonly secret: string;
  readonly size: number;
  readonly seed: number;
  readonly concurrency: number;
  /** The file that the checkpoint is written to, and read from. */
  readonly checkpointFile: string;
  /** Kills itself when the reply to this request arrives, counted from 1; 0: never. */
  readonly dieAtReply: number;
}

const task = JSON.parse(process.argv[2] ?? "") as UploaderTask;
let requests = 0;
const mp = createMpClient({
  appid: task.appid,
  secret: task.secret,
  baseUrl: task.baseUrl,
  async fetch(input, init) {
    requests += 1;
    const own = requests;
    const response = await fetch(input, init);
    if (own === task.dieAtReply) process.kill(process.pid, "SIGKILL");
    return response;
  },
});
const details = {
  title: "Generated",
  video_desc: "",
  declare_ori: 0 as const,
  newcat: "1",
  newsbcat: "2",
  tags: [],
  cover_url: "https://mmbiz.qpic.cn/cover",
};
const { checkpointFile, concurrency } = task;
const isResumed = existsSync(checkpointFile);
const result = await uploadVideoMaterial(mp, details, generatedVideo(task.size, task.seed), {
  concurrency,
  // A run that was killed during the last call cannot know its outcome; a second copy does no harm here.
  ...(isResumed && { checkpoint: readFileSync(checkpointFile, "utf8"), retryUnknown: true }),
  onCheckpoint(checkpoint) {
    writeFileSync(`${checkpointFile}.new`, JSON.stringify(checkpoint));
    renameSync(`${checkpointFile}.new`, checkpointFile);
  },
});
console.log(JSON.stringify(result));
