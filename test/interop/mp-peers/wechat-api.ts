// wechat-api: `setEndpoint` takes a host and makes an https address of it, so `endpoint` is set.

import { createRequire } from "node:module";
import { credentials } from "@wechat-edge/emulator";
import { bytesOf, closeNothing, type MpPeer, textOf } from "./peer.ts";

type Callback = (error: Error | null, reply: unknown) => void;
type Call = (...args: [...string[], Callback]) => void;

interface Api
  extends Readonly<Record<"uploadMedia" | "uploadMaterial" | "uploadImage" | "getMedia", Call>> {
  endpoint: string;
}

const Api = createRequire(import.meta.url)("wechat-api") as new (
  appid: string,
  secret: string,
) => Api;

export const wechatApi: MpPeer = {
  name: "wechat-api, uploadMedia of a path",
  token: "plain",
  keepsToken: true,
  async open(origin) {
    const api = new Api(credentials.mp.appid, credentials.mp.secret);
    api.endpoint = origin;
    const run = (name: Exclude<keyof Api, "endpoint">, ...args: string[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        api[name](...args, (error, reply) => (error ? reject(error) : resolve(reply)));
      });
    return {
      uploadImage: async (file) => textOf(await run("uploadMedia", file, "image"), "media_id"),
      addMaterial: async (file) => textOf(await run("uploadMaterial", file, "image"), "media_id"),
      uploadArticleImage: async (file) => textOf(await run("uploadImage", file), "url"),
      download: async (mediaId) => bytesOf(await run("getMedia", mediaId)),
      close: closeNothing,
    };
  },
};
