// wechat-api. It has no drafts: its users add calls by `mixin`, as here.

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

type Callback = (error: Error | null, reply: unknown) => void;

interface Api {
  readonly endpoint: string;
  readonly token: { readonly accessToken: string };
  preRequest(call: unknown, args: IArguments): void;
  request(url: string, options: object, callback: Callback): void;
}

interface ApiClass {
  new (appid: string, secret: string): Api;
  mixin(calls: object): void;
}

const load = createRequire(import.meta.url);
const Api = load("wechat-api") as ApiClass;
const { postJSON, wrapper } = load("wechat-api/lib/util") as {
  postJSON: (data: object) => object;
  wrapper: (callback: Callback) => Callback;
};

function anyCallWithToken(this: Api, path: string, body: object, callback: Callback): void {
  const url = `${this.endpoint}${path}?access_token=${this.token.accessToken}`;
  this.request(url, postJSON(body), wrapper(callback));
}

Api.mixin({
  // `preRequest` takes the token and looks at `arguments`.
  anyCall(this: Api) {
    // biome-ignore lint/complexity/noArguments: the client's own convention
    this.preRequest(anyCallWithToken, arguments);
  },
});

const api = new Api(appid, secret);

const run = (name: string, ...args: unknown[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const call = Reflect.get(api, name) as (...args: unknown[]) => void;
    const done: Callback = (error, reply) => (error ? reject(error) : resolve(reply));
    call.call(api, ...args, done);
  });

export const client: PublishingClient = {
  articleImage: async () => textOf(await run("uploadImage", picture), "url"),
  material: async () => textOf(await run("uploadMaterial", picture, "image"), "media_id"),
  count: async () => fieldOf(await run("getMaterialCount"), "image_count") as number,
  list: async () => idsIn(await run("getMaterials", "image", 0, 20)),
  async read(media_id) {
    const reply = await run("getMaterial", media_id);
    if (Buffer.isBuffer(reply)) return reply;
    throw new Error(`No file in ${JSON.stringify(reply)}.`);
  },
  remove: async (media_id) => void (await run("removeMaterial", media_id)),
  post: (path, body) => run("anyCall", path, body),
};
