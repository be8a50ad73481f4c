// What the library keeps beyond a process, as released code wrote it, and a WeChat that knows the ids in it.

import type { PublishJob } from "@wechat-edge/mp-publish";
import { picture } from "./publish-job.ts";
import { details, videoBytes } from "./video.ts";

/** The moment at which everything in test/fixtures/saved was written. */
export const SAVED_AT: number = Date.UTC(2026, 10, 30, 8);

/** The job whose states were kept. Its files' names and sizes, its title and its article stand in them. */
export const savedJob = {
  until: "published",
  cover: picture("cover.jpg", 300),
  images: { "a.jpg": picture("a.jpg", 101), "b.png": picture("b.png", 102) },
  video: { file: new File([videoBytes(999)], "film.mp4"), details },
  article: {
    title: "灯笼街的一天",
    digest: "街",
    content: `<p>天还没亮透。</p><img src="a.jpg"><img data-src="b.png"><!-- video -->`,
  },
} as const satisfies Omit<PublishJob, "target">;

/** The picture message whose states were kept; two of its pictures have the same name. */
export const savedPictures = {
  target: "draft",
  until: "published",
  article: { article_type: "newspic", title: savedJob.article.title, content: "天还没亮透。" },
  images: [picture("a.jpg", 101), picture("a.jpg", 101), { media_id: "LIBRARY" }],
} as const satisfies PublishJob;

/** The film whose checkpoints were kept: three blocks, the last of them short. */
export const savedFilm: File = new File([videoBytes(2 * 1024 * 1024 + 5)], "film.mp4");

/** A fetch that answers every call of a job and of a video as WeChat does, always with the same ids. */
export function sameWechat(): { fetch: typeof fetch; calls: string[] } {
  const calls: string[] = [];
  const answer = async (input: RequestInfo | URL): Promise<Response> => {
    const { pathname, searchParams } = new URL(input as string);
    const what = searchParams.get("action") ?? pathname.split("/").slice(2).join("/");
    calls.push([what, searchParams.get("part_num") ?? ""].join(" ").trim());
    return Response.json(ANSWERS[what] ?? { errcode: 40066, errmsg: `invalid url ${what}` });
  };
  return { fetch: answer, calls };
}

const ANSWERS: Readonly<Record<string, object>> = {
  stable_token: { access_token: "TOKEN", expires_in: 7200 },
  token: { access_token: "TOKEN", expires_in: 7200 },
  "media/upload": { type: "image", media_id: "TEMPORARY", created_at: SAVED_AT / 1000 },
  "material/add_material": { media_id: "COVER", url: "https://mmbiz.qpic.cn/cover?wx_fmt=jpeg" },
  "media/uploadimg": { url: "https://mmbiz.qpic.cn/picture" },
  init_upload: { ret: 0, vid: "wxv_1" },
  upload_block: { ret: 0 },
  upload_finish: { ret: 0 },
  save_video: { media_id: "VIDEO" },
  query_status: { status: 3 },
  "publish/uploadnews": { type: "news", media_id: "NEWS", create_at: 1, item: [{ index: 0 }] },
  "publish/submit": { errcode: 0, errmsg: "ok" },
  "publish/query": { status: "发布成功", url: "https://mp.weixin.qq.com/s/NEWS" },
  "draft/add": { media_id: "DRAFT" },
  "freepublish/getarticle": { news_item: [{ title: savedJob.article.title }] },
  "draft/get": { news_item: [{ title: savedJob.article.title }] },
  "freepublish/submit": { errcode: 0, errmsg: "ok", publish_id: "100000001" },
  "freepublish/get": {
    publish_id: "100000001",
    publish_status: 0,
    article_id: "ARTICLE",
    article_detail: {
      count: 1,
      item: [{ idx: 1, article_url: "https://mp.weixin.qq.com/s/ARTICLE" }],
    },
  },
};
