import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { exampleFiles } from "../interop-files.ts";

export const { appid, secret } = credentials.mp;
export const picture = exampleFiles.image;
export const pictureName = basename(picture);
export const pictureBytes = readFileSync(picture);
export const TITLE = "灯笼街";

/** The calls of WeChat for which a client may have no function of its own. */
export const paths = {
  articleImage: "/cgi-bin/media/uploadimg",
  material: "/cgi-bin/material/add_material",
  count: "/cgi-bin/material/get_materialcount",
  list: "/cgi-bin/material/batchget_material",
  read: "/cgi-bin/material/get_material",
  remove: "/cgi-bin/material/del_material",
  draft: "/cgi-bin/draft/add",
  draftRead: "/cgi-bin/draft/get",
  submit: "/cgi-bin/freepublish/submit",
  publication: "/cgi-bin/freepublish/get",
} as const;

/**
 * Somebody's client under its own defaults, in what it can do for an account. Each rejects where the client reports a
 * failure. What it has no function for goes through its own way of making any call.
 */
export interface PublishingClient {
  /** Uploads the picture for an article; returns its address. */
  articleImage(): Promise<string>;
  /** Adds the picture to the material library; returns its media_id. */
  material(): Promise<string>;
  /** How many pictures the library has. */
  count(): Promise<number>;
  /** The media_ids of the pictures in the library. */
  list(): Promise<readonly string[]>;
  /** The picture out of the library. */
  read(media_id: string): Promise<Buffer>;
  remove(media_id: string): Promise<void>;
  /** Any other call. */
  post(path: string, body: object): Promise<unknown>;
}

/** Calls that the client has no function for, by its way of making any call. */
export function byAnyCall(
  get: (path: string) => Promise<unknown>,
  post: PublishingClient["post"],
): Pick<PublishingClient, "count" | "list" | "remove"> {
  return {
    count: async () => fieldOf(await get(paths.count), "image_count") as number,
    list: async () => idsIn(await post(paths.list, { type: "image", offset: 0, count: 20 })),
    remove: async (media_id) => void (await post(paths.remove, { media_id })),
  };
}

export function idsIn(reply: unknown): string[] {
  const items = fieldOf(reply, "item") as readonly { media_id: string }[];
  return items.map(({ media_id }) => media_id);
}

/** A field of a reply. Throws where there is none. */
export function fieldOf(reply: unknown, field: string): unknown {
  const value = (reply as Record<string, unknown> | undefined)?.[field];
  if (value === undefined) throw new Error(`No ${field} in ${JSON.stringify(reply)}.`);
  return value;
}

export const textOf = (reply: unknown, field: string): string => String(fieldOf(reply, field));

/** What each step came to, or why it failed. */
export type PublishingReport = Record<string, { value: string } | { error: string }>;
