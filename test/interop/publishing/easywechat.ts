// node-easywechat: its client posts to any path, and does not take an errcode in a reply for a failure.

import { loadOfficialAccount } from "../easywechat-official-account.ts";
import {
  appid,
  byAnyCall,
  type PublishingClient,
  paths,
  picture,
  secret,
  textOf,
} from "./publishing-client.ts";

interface HttpReply {
  toObject(): unknown;
  getContent(): unknown;
}

interface Client {
  withFile(file: string, name: string): Client;
  get(path: string): Promise<HttpReply>;
  post(path: string, payload: object): Promise<HttpReply>;
}

const OfficialAccount = loadOfficialAccount() as new (config: object) => { getClient(): Client };
const easywechat = new OfficialAccount({ app_id: appid, secret }).getClient();

const post: PublishingClient["post"] = async (path, data) => {
  const reply = (await easywechat.post(path, { json: data })).toObject();
  const { errcode } = (reply ?? {}) as { errcode?: number };
  if (errcode) throw new Error(JSON.stringify(reply));
  return reply;
};

const upload = async (path: string, params: object, field: string): Promise<string> =>
  textOf((await easywechat.withFile(picture, "media").post(path, { params })).toObject(), field);

export const client: PublishingClient = {
  ...byAnyCall(async (path) => (await easywechat.get(path)).toObject(), post),
  post,
  articleImage: () => upload(paths.articleImage, {}, "url"),
  material: () => upload(paths.material, { type: "image" }, "media_id"),
  async read(media_id) {
    const payload = { json: { media_id }, responseType: "arraybuffer" };
    const content = (await easywechat.post(paths.read, payload)).getContent();
    if (Buffer.isBuffer(content)) return content;
    throw new Error(`No file, but ${typeof content}.`);
  },
};
