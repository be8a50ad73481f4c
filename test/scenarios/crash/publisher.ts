// Publishes an article in a process of its own, which may be killed at any moment. Its task is JSON in argv[2].

import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { type ArticleJob, type PublishJob, publishArticle } from "@wechat-edge/mp-publish";
import { generatedDetails, generatedVideo } from "./generated-video.ts";
import { type MortalTask, mortalClient, writeWhole } from "./mortal.ts";

/** The task of a publisher process. */
export interface PublisherTask extends MortalTask {
  readonly target: PublishJob["target"];
  readonly videoBytes: number;
  readonly seed: number;
  /** The file that the state is written to, and read from. */
  readonly stateFile: string;
  /** What was found out about an unknown outcome. */
  readonly resolution?: unknown;
}

/** What a publisher prints: its result, or that nobody knows an outcome. */
export type PublisherOutput =
  | { readonly published: true }
  | { readonly unknown: string; readonly attempt?: unknown };

const task = JSON.parse(process.argv[2] ?? "") as PublisherTask;
const mp = mortalClient(task);

function picture(name: string, size: number): File {
  const bytes = new Uint8Array(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]);
  return new File([bytes], name);
}

const job: ArticleJob = {
  target: task.target,
  until: "published",
  cover: picture("cover.jpg", 300),
  images: { "a.jpg": picture("a.jpg", 101), "b.jpg": picture("b.jpg", 102) },
  video: {
    file: generatedVideo(task.videoBytes, task.seed),
    details: generatedDetails,
  },
  article: {
    title: "灯笼街的一天",
    digest: "街",
    content: `<p>天还没亮透。</p><img src="a.jpg"><img data-src="b.jpg"><!-- video -->`,
  },
};

const { stateFile } = task;
const print = (output: PublisherOutput): void => console.log(JSON.stringify(output));
try {
  await publishArticle(mp, job, {
    ...(existsSync(stateFile) && { state: readFileSync(stateFile, "utf8") }),
    ...(task.resolution !== undefined && { resolution: task.resolution as never }),
    onState: (state) => writeWhole(stateFile, state),
  });
  print({ published: true });
} catch (error) {
  const { code, step, attempt } = error as { code?: string; step?: string; attempt?: unknown };
  if (code !== "ERR_OUTCOME_UNKNOWN" || step === undefined) throw error;
  print({ unknown: step, attempt });
}
