// Cloudflare Workers: bindings, an R2 object, a request's body.

import {
  createMpClient,
  createPayClient,
  createSource,
  type KeyValueStore,
} from "@wechat-edge/core";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { mp } from "./accepted.ts";

interface Env {
  readonly KV: KVNamespace;
  readonly BUCKET: R2Bucket;
  readonly RELAY: Fetcher;
  readonly SECRET: string;
}

export const kvStore = (kv: KVNamespace): KeyValueStore => ({
  get: (key) => kv.get(key),
  set: (key, value, { ttl }) => kv.put(key, value, { expirationTtl: ttl }),
  delete: (key) => kv.delete(key),
});

export default {
  async fetch(request, env) {
    const account = createMpClient({
      appid: "wx26e3b4a1c0d9f857",
      secret: env.SECRET,
      tokenStore: kvStore(env.KV),
      fetch: env.RELAY.fetch.bind(env.RELAY),
    });
    createMpClient({
      appid: "wx26e3b4a1c0d9f857",
      secret: env.SECRET,
      fetch: (url, init) => fetch(url, { ...init, cf: { cacheTtl: 0 } }),
    });
    createPayClient({
      mchid: "1",
      serialNo: "1",
      privateKey: "",
      apiV3Key: "",
      certificateCache: kvStore(env.KV),
    });
    const object = await env.BUCKET.get("film.mp4");
    if (object === null || request.body === null) return new Response(null, { status: 404 });
    await uploadMedia(
      account,
      { type: "video" },
      { name: "film.mp4", size: object.size, stream: object.body },
    );
    await uploadMedia(
      account,
      { type: "image" },
      { size: 3, stream: request.body },
      { signal: request.signal },
    );
    const form = await request.formData();
    const file = form.get("file");
    if (file instanceof File) await uploadMedia(account, { type: "image" }, file);
    createSource({
      size: object.size,
      read: async (start, end) => {
        const part = await env.BUCKET.get("film.mp4", {
          range: { offset: start, length: end - start },
        });
        return new Uint8Array((await part?.arrayBuffer()) ?? new ArrayBuffer(0));
      },
    });
    const download = await downloadMedia(account, { media_id: "A" });
    if (download.kind !== "file") return Response.redirect(download.video_url);
    await env.BUCKET.put(download.name, download.body);
    for await (const chunk of (
      (await downloadMedia(await mp("", fetch), { media_id: "A" })) as typeof download
    ).body) {
      chunk.byteLength.toFixed();
    }
    return new Response(download.body);
  },
} satisfies ExportedHandler<Env>;
