// node-easywechat has no call of its own for media: its client posts to any path. A reply that holds
// an errcode is no failure to it, so the media_id is looked for.

import { createReadStream, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import FormDataPackage from "form-data";
import { loadOfficialAccount } from "../easywechat-official-account.ts";
import { bytesOf, type MpPeer, mpPaths, textOf } from "./peer.ts";

interface HttpReply {
  toObject(): unknown;
  getContent(): unknown;
}

interface Client {
  withFile(file: string, name: string): Client;
  get(path: string, payload: object): Promise<HttpReply>;
  post(path: string, payload: object): Promise<HttpReply>;
}

type Application = new (config: object) => { getClient(): Client };

const OfficialAccount = loadOfficialAccount() as Application;

type Post = (client: Client, path: string, params: object, file: string) => Promise<HttpReply>;

function style(name: string, token: MpPeer["token"], post: Post): MpPeer {
  return {
    name: `node-easywechat, ${name}`,
    token,
    keepsToken: true,
    async open(origin) {
      const { appid, secret } = credentials.mp;
      const directory = await mkdtemp(join(tmpdir(), "wechat-edge-easywechat-"));
      const app = new OfficialAccount({
        app_id: appid,
        secret,
        use_stable_access_token: token === "stable",
        http: { baseURL: origin },
        file_cache: { path: directory },
      });
      const client = app.getClient();
      const send = async (path: string, params: object, file: string): Promise<unknown> =>
        (await post(client, path, params, file)).toObject();
      const image = { type: "image" };
      return {
        uploadImage: async (file) => textOf(await send(mpPaths.media, image, file), "media_id"),
        addMaterial: async (file) => textOf(await send(mpPaths.material, image, file), "media_id"),
        uploadArticleImage: async (file) =>
          textOf(await send(mpPaths.articleImage, {}, file), "url"),
        async download(media_id) {
          const payload = { params: { media_id }, responseType: "arraybuffer" };
          return bytesOf((await client.get(mpPaths.download, payload)).getContent());
        },
        // A call that hangs may still write its token.
        close: () => rm(directory, { recursive: true, maxRetries: 3 }),
      };
    },
  };
}

const withFormData: Post = (client, path, params, file) => {
  const formData = new FormDataPackage();
  formData.append("media", readFileSync(file), basename(file));
  return client.post(path, { params, formData });
};

export const easywechat: readonly MpPeer[] = [
  style("withFile", "plain", (client, path, params, file) =>
    client.withFile(file, "media").post(path, { params }),
  ),
  style("formData with a stream", "plain", (client, path, params, file) =>
    client.post(path, { params, formData: { media: createReadStream(file) } }),
  ),
  style("formData with a Buffer, use_stable_access_token", "stable", withFormData),
];
