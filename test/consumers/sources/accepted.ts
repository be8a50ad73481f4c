// What every program may write, whichever libraries its types are of.

import {
  createMpClient,
  createPayClient,
  createSource,
  createUrlSource,
  digest,
  type Fetch,
  type FileInput,
  type KeyValueStore,
  type MpClient,
  mpRequest,
  type PayClient,
  payRequest,
  type StreamInput,
} from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { addMaterial, downloadMedia, keepMedia, uploadMedia } from "@wechat-edge/mp-media";
import { publishArticle, uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { checkImage, uploadImage, uploadVideo } from "@wechat-edge/pay-media";

export const store: KeyValueStore = new Map<string, string>();

export const bytes: FileInput = new Uint8Array([0xff, 0xd8, 0xff]);
export const buffer: FileInput = new ArrayBuffer(3);
export const reader: FileInput = {
  name: "film.mp4",
  size: 3,
  async read(start, end, { signal }) {
    signal?.throwIfAborted();
    return new Uint8Array(end - start);
  },
};
export const source: FileInput = createSource(bytes, { name: "licence.jpg" });

export async function pay(
  privateKey: string,
  key: string,
  stream: StreamInput["stream"],
): Promise<PayClient> {
  const emulator = createEmulator({ sleep: async (_, signal) => signal.throwIfAborted() });
  const client = createPayClient({
    mchid: credentials.pay.mchid,
    serialNo: credentials.pay.serialNo,
    privateKey,
    platformKeys: [{ platformKeyId: "PUB_KEY_ID_0119000000012026010100000000000001", key }],
    certificateCache: store,
    fetch: emulator.fetch,
    sleep: async (_, signal) => signal?.throwIfAborted(),
    onAttempt: ({ operation, ms }) => void [operation.length, ms.toFixed()],
    retry: { attempts: 2 },
  });
  const { media_id } = await uploadImage(client, source);
  const sha256 = await digest(bytes, "SHA-256");
  await uploadVideo(client, { name: "film.mp4", size: 3, sha256, stream });
  await payRequest(client, { method: "GET", path: "/v3/certificates", query: { media_id } });
  await client.verify({
    status: 200,
    headers: new Map([["date", ""]]) as never,
    body: new Uint8Array(),
  });
  return client;
}

export async function mp(secret: string, call: Fetch): Promise<MpClient> {
  const client = createMpClient({
    appid: "wx26e3b4a1c0d9f857",
    secret,
    tokenStore: store,
    fetch: async (url, init) => {
      init.signal.throwIfAborted();
      return call(url.replace(/^http:/, "https:"), {
        ...init,
        headers: { ...init.headers, a: "b" },
      });
    },
  });
  const provided = createMpClient({
    appid: "wx26e3b4a1c0d9f857",
    getAccessToken: async ({ appid, rejected, signal }) => {
      signal.throwIfAborted();
      return `${appid}${rejected ?? ""}`;
    },
  });
  await uploadMedia(provided, { type: "image" }, source, { limits: "current" });
  const { media_id } = await keepMedia(client, { type: "image" }, source, { store });
  const download = await downloadMedia(client, { media_id });
  if (download.kind === "file") await download.body.cancel();
  await addMaterial(client, { type: "image" }, source, { retryUnknown: true });
  const file = await createUrlSource("https://cdn.example/film.mp4", { fetch: call });
  const attempt = "0123456789abcdef";
  await uploadVideoMaterial(client, { title: "Film" } as never, file, {
    resolution: { attempt, media_id },
  });
  await publishArticle(
    client,
    {
      target: "draft",
      until: "uploaded",
      cover: source,
      article: { title: "A", content: ({ images }) => rewriteImages("<p>", (url) => images[url]) },
    },
    { resolution: { attempt, outcome: "nothing" }, restartVideo: "wxv_1" },
  );
  await mpRequest(client, { method: "POST", path: "/cgi-bin/menu/create", body: { button: [] } });
  await checkImage(bytes);
  return client;
}

export const sample: FileInput = sampleFile("licence.jpg");
