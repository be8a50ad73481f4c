import { crc32, deflateSync } from "node:zlib";
import type { Emulator, EmulatorOptions } from "../../../src/index.ts";
import {
  file,
  type MpClient,
  type MpOutcome,
  material,
  mpClient,
  OTHER,
  openMp,
  temporary,
} from "../mp-client.ts";
import { videoBytes, videoClient } from "../video/video-client.ts";

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A picture of one colour. */
export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height, 0))),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** What answers about articles have; one has some of it. */
export interface ArticleJson {
  errcode: number;
  errmsg: string;
  type: string;
  media_id: string;
  create_at: number;
  item: {
    index: number;
    ad_count: number;
    media_id: string;
    article_id: string;
    content: { news_item: Item[] };
    update_time: number;
  }[];
  status: string;
  url: string;
  news_item: Item[];
  update_time: number;
  total_count: number;
  item_count: number;
  is_open: number;
  publish_id: string | number;
  msg_data_id: string | number;
  publish_status: number;
  article_id: string;
  article_detail: { count: number; item: { idx: number; article_url: string }[] };
  fail_idx: number[];
}

export interface Item {
  title: string;
  digest: string;
  content: string;
  url: string;
  thumb_url: string;
  is_deleted: boolean;
}

export interface ArticleClient {
  mp: MpClient;
  /** `publish/submit` and the like, with JSON or a body as it is. */
  post(path: string, json: unknown): Promise<ArticleJson>;
  raw(path: string, body: string | Uint8Array): Promise<ArticleJson>;
  get(path: string): Promise<ArticleJson>;
  /** A cover of this account, uploaded once. */
  cover(): Promise<string>;
  /** An article that may be sent as it is. */
  article(change?: object): Promise<Record<string, unknown>>;
  upload(change?: object): Promise<ArticleJson>;
  draft(change?: object): Promise<ArticleJson>;
  /** The address of a picture for articles. */
  picture(bytes?: Uint8Array, filename?: string): Promise<string>;
}

const json = ({ text }: MpOutcome): ArticleJson => JSON.parse(text) as ArticleJson;

export function articleClient(mp: MpClient): ArticleClient {
  let cover: string | undefined;
  const post: ArticleClient["post"] = async (path, body) =>
    json(await mp.api(`/cgi-bin/${path}`, { json: body }));
  const client: ArticleClient = {
    mp,
    post,
    raw: async (path, body) => json(await mp.api(`/cgi-bin/${path}`, { method: "POST", body })),
    get: async (path) => json(await mp.api(`/cgi-bin/${path}`)),
    async cover() {
      cover ??= (await material(mp, "image")).json.media_id;
      return cover;
    },
    article: async (change = {}) => ({
      thumb_media_id: await client.cover(),
      title: "河流",
      author: "作者",
      content: "<p>正文</p>",
      ...change,
    }),
    upload: async (change) =>
      post("publish/uploadnews", { articles: [await client.article(change)] }),
    draft: async (change) => post("draft/add", { articles: [await client.article(change)] }),
    async picture(bytes = png(2, 2), filename = "a.png") {
      return (await mp.upload("/cgi-bin/media/uploadimg", { filename, bytes })).json.url;
    },
  };
  return client;
}

export interface Opened {
  emulator: Emulator;
  control: Emulator["control"];
  mine: ArticleClient;
  other: ArticleClient;
}

/** An emulator whose clock stands still, and the articles of its two accounts. */
export function openArticles(options: EmulatorOptions = {}): Opened {
  const { emulator, control, mp } = openMp({ accounts: [{ appid: OTHER }], ...options });
  const other = articleClient(mpClient(emulator.fetch, { appid: OTHER }));
  return { emulator, control, mine: articleClient(mp), other };
}

/** A vid of this account; approved unless another status is given. */
export async function ownVideo({ control }: Opened, { mp }: ArticleClient, status = 3) {
  const video = videoClient(mp);
  const vid = await video.upload(videoBytes(10));
  const { media_id } = await video.save(vid);
  control.videos.setStatus(media_id, status);
  return vid;
}

export const temporaryCover = async (mp: MpClient): Promise<string> =>
  (await temporary(mp, "image")).json.media_id;

export { file };
