import { createHash } from "node:crypto";
import type { EmulatorOptions } from "../../../src/index.ts";
import { type MpClient, type MpOutcome, mpClient, OTHER, openMp } from "../mp-client.ts";

export const MIB: number = 1024 * 1024;
export const PATH = "/cgi-bin/material/upload_video";

export const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

/** Bytes that differ from block to block. */
export function videoBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 4096) bytes.writeUInt8((seed + at / 4096) % 251, at);
  return bytes;
}

export const blockOf = (bytes: Buffer, number: number): Buffer =>
  bytes.subarray((number - 1) * MIB, number * MIB);

export const DETAILS = {
  title: "河",
  video_desc: "一条河",
  declare_ori: 0,
  newcat: "生活",
  newsbcat: 2,
  tags: ["水"],
  cover_url: "",
};

/** `ret` and `errmsg` as the wire has them. */
export interface VideoJson {
  ret: number;
  errcode: number;
  errmsg: string;
  vid: string;
  media_id: string;
  status: number;
  ori_status: number;
  mp_video_fail_detail_wording: string;
}

export const json = ({ text }: MpOutcome): VideoJson => JSON.parse(text) as VideoJson;

export interface VideoClient {
  mp: MpClient;
  init(bytes: Buffer, change?: object): Promise<VideoJson>;
  /** Sends a block under its number, with its own digest unless another is given. */
  block(
    vid: string,
    part_num: number | string,
    bytes: Buffer,
    part_sha?: string,
  ): Promise<VideoJson>;
  finish(vid: string): Promise<VideoJson>;
  save(content: unknown, change?: object): Promise<VideoJson>;
  status(media_id: string): Promise<VideoJson>;
  /** All blocks of a file, finished. */
  upload(bytes: Buffer): Promise<string>;
}

export function videoClient(mp: MpClient): VideoClient {
  const post = async (
    query: Record<string, string>,
    body: Uint8Array | string = "",
  ): Promise<VideoJson> => json(await mp.api(PATH, { method: "POST", query, body }));
  const client: VideoClient = {
    mp,
    init: (bytes, change = {}) =>
      post(
        { action: "init_upload" },
        JSON.stringify({
          filename: "a.mp4",
          filesha: sha1(bytes),
          filesize: bytes.length,
          ...change,
        }),
      ),
    block: (vid, part_num, bytes, part_sha = sha1(bytes)) =>
      post({ action: "upload_block", vid, part_sha, part_num: String(part_num) }, bytes),
    finish: (vid) => post({ action: "upload_finish", vid }),
    save: (content, change = {}) =>
      post({ action: "save_video" }, JSON.stringify({ ...DETAILS, content, ...change })),
    status: (media_id) => post({ action: "query_status", media_id }),
    async upload(bytes) {
      const { vid } = await client.init(bytes);
      for (let number = 1; (number - 1) * MIB < bytes.length; number++) {
        await client.block(vid, number, blockOf(bytes, number));
      }
      await client.finish(vid);
      return vid;
    },
  };
  return client;
}

/** An emulator whose clock stands still, and its two accounts' videos. */
export function openVideo(options: EmulatorOptions = {}) {
  const { emulator, control, mp } = openMp({ accounts: [{ appid: OTHER }], ...options });
  const other = videoClient(mpClient(emulator.fetch, { appid: OTHER }));
  return { emulator, control, video: videoClient(mp), other };
}
