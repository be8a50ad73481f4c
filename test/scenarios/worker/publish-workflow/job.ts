import { createMpClient, type MpClient } from "@wechat-edge/core";
import type { PublishJob } from "@wechat-edge/mp-publish";

/** The address of WeChat and the account. */
export interface Account {
  readonly APPID: string;
  readonly SECRET: string;
  readonly ORIGIN: string;
}

/** A client without a token and without retries: the Workflow or the Durable Object repeats the step. */
export function clientOf({ APPID, SECRET, ORIGIN }: Account): MpClient {
  return createMpClient({ appid: APPID, secret: SECRET, baseUrl: ORIGIN, retry: false });
}

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16];
const MP4 = [0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d];
const VIDEO_BYTES = 2 * 1024 * 1024 + 1;

/** Two pictures and a video of three blocks, as new files at each call. */
export function jobOf(target: PublishJob["target"]): PublishJob {
  return {
    target,
    until: "published",
    cover: fileOf("cover.jpg", JPEG, 300),
    images: { "a.jpg": fileOf("a.jpg", JPEG, 101), "b.jpg": fileOf("b.jpg", JPEG, 102) },
    video: {
      file: fileOf("film.mp4", MP4, VIDEO_BYTES),
      details: {
        title: "灯笼街的傍晚",
        video_desc: "",
        declare_ori: 0,
        newcat: "生活",
        newsbcat: "生活记录",
        tags: [],
        cover_url: "",
      },
    },
    article: {
      title: "灯笼街的一天",
      digest: "街",
      content: `<p>天还没亮透。</p><img src="a.jpg"><img data-src="b.jpg"><!-- video -->`,
    },
  };
}

function fileOf(name: string, head: readonly number[], size: number): File {
  const bytes = new Uint8Array(size);
  bytes.set(head);
  return new File([bytes], name);
}
