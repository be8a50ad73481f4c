// A Worker that uploads a video from R2: in one invocation, or in slices that stay within the
// subrequests of an invocation. The checkpoint is an object beside the video.

import type { R2Bucket } from "@cloudflare/workers-types";
import { createMpClient, type RandomAccessFile } from "@wechat-edge/core";
import { uploadVideoMaterial, type VideoUploadOptions } from "@wechat-edge/mp-publish";
import { r2File } from "../../video-sources/r2-file.ts";

interface Bindings {
  readonly FILMS: R2Bucket;
  readonly ORIGIN: string;
}

/** The result of one invocation. */
export interface InvocationReport {
  readonly done: boolean;
  /** Requests and calls of R2. */
  readonly subrequests: number;
  readonly requests: number;
}

const FILM = "film.mp4";
const CHECKPOINT = "film.checkpoint.json";
const BLOCK_BYTES = 1024 * 1024;
/** Each block takes two subrequests. At most eight more are for the token, init, size, digest and format of the file, and the checkpoint. */
const BLOCKS_A_SLICE = 16;

const details = {
  title: "Generated",
  video_desc: "",
  declare_ori: 0 as const,
  newcat: "1",
  newsbcat: "2",
  tags: [],
  cover_url: "https://mmbiz.qpic.cn/cover",
};

export default {
  async fetch(request: Request, { FILMS, ORIGIN }: Bindings): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/film") {
      const sha1 = searchParams.get("sha1") ?? "";
      // The types of Cloudflare and of Node have different streams.
      await FILMS.put(FILM, request.body as unknown as string, { sha1 });
      return new Response("kept");
    }
    const counts = { reads: 0, requests: 0 };
    const bucket = counted(FILMS, counts);
    const mp = createMpClient({
      appid: "wx26e3b4a1c0d9f857",
      secret: "0f1e2d3c",
      baseUrl: ORIGIN,
      fetch(input, init) {
        counts.requests += 1;
        return fetch(input, init);
      },
    });
    const file = await r2File(bucket, FILM);
    const upload = (options: VideoUploadOptions): ReturnType<typeof uploadVideoMaterial> =>
      uploadVideoMaterial(mp, details, file, options);
    let done = true;
    if (pathname === "/slice") {
      done = await slice(bucket, upload);
    } else if (pathname === "/whole") {
      const concurrency = Number(searchParams.get("concurrency"));
      const sha1 = searchParams.has("vouched") ? await checkedSha1(bucket) : undefined;
      ({ done } = await upload({ concurrency, sha1 }));
    } else if (pathname === "/bare") {
      const number = (name: string): number => Number(searchParams.get(name));
      const blocks = { first: number("first"), count: number("count"), passes: number("passes") };
      done = await bare(file, ORIGIN, blocks);
    }
    const { reads, requests } = counts;
    const report: InvocationReport = { done, subrequests: reads + requests, requests };
    return Response.json(report);
  },
};

async function slice(
  bucket: R2Bucket,
  upload: (options: VideoUploadOptions) => ReturnType<typeof uploadVideoMaterial>,
): Promise<boolean> {
  const kept = await bucket.get(CHECKPOINT);
  const result = await upload({
    checkpoint: await kept?.text(),
    maxBlocks: BLOCKS_A_SLICE,
    concurrency: 4,
    sha1: await checkedSha1(bucket),
  });
  if (!result.done) await bucket.put(CHECKPOINT, JSON.stringify(result.checkpoint));
  return result.done;
}

/**
 * The same reads and requests without the library: the blocks are read `passes` times in all and sent once.
 * It measures what R2 and the requests cost by themselves.
 */
async function bare(
  file: RandomAccessFile,
  origin: string,
  { first, count, passes }: { first: number; count: number; passes: number },
): Promise<boolean> {
  const end = Math.min(first + count, Math.ceil(file.size / BLOCK_BYTES));
  for (let pass = 1; pass <= passes; pass++) {
    for (let block = first; block < end; block++) {
      const start = block * BLOCK_BYTES;
      const bytes = await file.read(start, Math.min(start + BLOCK_BYTES, file.size), {});
      if (pass < passes) continue;
      const body = bytes as Uint8Array<ArrayBuffer>;
      const response = await fetch(`${origin}/cgi-bin/bare`, { method: "POST", body });
      await response.text();
    }
  }
  return end * BLOCK_BYTES >= file.size;
}

/** The digest that R2 checked when the object was put. */
async function checkedSha1(bucket: R2Bucket): Promise<string | undefined> {
  return (await bucket.head(FILM))?.checksums.toJSON().sha1;
}

function counted(bucket: R2Bucket, counts: { reads: number }): R2Bucket {
  return new Proxy(bucket, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        counts.reads += 1;
        return method.apply(target, args);
      };
    },
  });
}
