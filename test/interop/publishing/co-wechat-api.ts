// co-wechat-api. It has no drafts: its users add calls by `mixin`, as here.

import { createRequire } from "node:module";
import {
  appid,
  fieldOf,
  idsIn,
  type PublishingClient,
  picture,
  secret,
  textOf,
} from "./publishing-client.ts";

interface Api {
  uploadImage(file: string): Promise<unknown>;
  uploadMaterial(file: string, type: string): Promise<unknown>;
  getMaterialCount(): Promise<unknown>;
  getMaterials(type: string, offset: number, count: number): Promise<unknown>;
  getMaterial(mediaId: string): Promise<unknown>;
  removeMaterial(mediaId: string): Promise<unknown>;
  ensureAccessToken(): Promise<{ accessToken: string }>;
  request(url: string, options: object): Promise<unknown>;
  anyCall(path: string, body: object): Promise<unknown>;
}

interface ApiClass {
  new (appid: string, secret: string): Api;
  mixin(calls: object): void;
}

const load = createRequire(import.meta.url);
const Api = load("co-wechat-api") as ApiClass;
const { postJSON } = load("co-wechat-api/lib/util") as { postJSON: (data: object) => object };

Api.mixin({
  async anyCall(this: Api, path: string, body: object) {
    const { accessToken } = await this.ensureAccessToken();
    const url = `https://api.weixin.qq.com${path}?access_token=${accessToken}`;
    return this.request(url, postJSON(body));
  },
});

const api = new Api(appid, secret);

export const client: PublishingClient = {
  articleImage: async () => textOf(await api.uploadImage(picture), "url"),
  material: async () => textOf(await api.uploadMaterial(picture, "image"), "media_id"),
  count: async () => fieldOf(await api.getMaterialCount(), "image_count") as number,
  list: async () => idsIn(await api.getMaterials("image", 0, 20)),
  async read(media_id) {
    const reply = await api.getMaterial(media_id);
    if (Buffer.isBuffer(reply)) return reply;
    throw new Error(`No file in ${JSON.stringify(reply)}.`);
  },
  remove: async (media_id) => void (await api.removeMaterial(media_id)),
  post: (path, body) => api.anyCall(path, body),
};
