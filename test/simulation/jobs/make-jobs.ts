import type { PublishJob } from "@wechat-edge/mp-publish";
import { jobOf, plainJob } from "../../support/publish-job.ts";
import { details, videoBytes } from "../../support/video.ts";
import type { Random } from "../random.ts";
import type { JobRecord } from "./job-record.ts";

const SMALL = 999;
/** Three blocks. */
const LARGE = 2 * 1024 * 1024 + 1;
const sizes = new Map<number, Uint8Array<ArrayBuffer>>();

/** The jobs of a seed: articles of both kinds, and a video. */
export function makeJobs(random: Random): JobRecord[] {
  const targets = ["draft", "publish-library", "draft", "draft"] as const;
  const articles = targets.map((target, number) => {
    const until = random.pick(["uploaded", "submitted", "published", "published"] as const);
    const title = `灯笼街 ${number}`;
    const isPlain = random.chance(0.7);
    const job: PublishJob = isPlain
      ? plainJob(target, until, { title })
      : jobOf(target, until, { article: { title } });
    return recordOf(title, { kind: "article", job });
  });
  const bytes = bytesOf(random.chance(0.06) ? LARGE : SMALL);
  const file = new File([bytes], "film.mp4");
  const videos = ["film.mp4", "film.mp4"].map((name) =>
    recordOf(name, { kind: "video", details, file }),
  );
  return [...articles, ...videos];
}

function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const known = sizes.get(size) ?? videoBytes(size);
  sizes.set(size, known);
  return known;
}

function recordOf(name: string, what: JobRecord["what"]): JobRecord {
  return {
    name,
    what,
    state: undefined,
    unknown: undefined,
    answer: undefined,
    isRunning: false,
    once: [],
    end: undefined,
    lastError: undefined,
    texts: [],
  };
}
