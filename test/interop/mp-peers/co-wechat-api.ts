// co-wechat-api: `prefix` is the address of WeChat that all its calls begin with.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { bytesOf, closeNothing, type MpPeer, textOf } from "./peer.ts";

interface Api {
  prefix: string;
  uploadMedia(
    file: string | Buffer,
    type: string,
    filename?: string,
    mime?: string,
  ): Promise<unknown>;
  uploadMaterial(file: string, type: string): Promise<unknown>;
  uploadImage(file: string): Promise<unknown>;
  getMedia(mediaId: string): Promise<unknown>;
}

const Api = createRequire(import.meta.url)("co-wechat-api") as new (
  appid: string,
  secret: string,
) => Api;

function style(name: string, upload: (api: Api, file: string) => Promise<unknown>): MpPeer {
  return {
    name: `co-wechat-api, ${name}`,
    token: "plain",
    keepsToken: true,
    async open(origin) {
      const api = new Api(credentials.mp.appid, credentials.mp.secret);
      api.prefix = `${origin}/cgi-bin/`;
      return {
        uploadImage: async (file) => textOf(await upload(api, file), "media_id"),
        addMaterial: async (file) => textOf(await api.uploadMaterial(file, "image"), "media_id"),
        uploadArticleImage: async (file) => textOf(await api.uploadImage(file), "url"),
        download: async (mediaId) => bytesOf(await api.getMedia(mediaId)),
        close: closeNothing,
      };
    },
  };
}

export const coWechatApi: readonly MpPeer[] = [
  style("uploadMedia of a path", (api, file) => api.uploadMedia(file, "image")),
  style("uploadMedia of a Buffer", (api, file) =>
    api.uploadMedia(readFileSync(file), "image", basename(file), "image/jpeg"),
  ),
];
