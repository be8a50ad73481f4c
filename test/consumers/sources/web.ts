// What programs with the types of a web platform may write: their own File, stream, signal, fetch.

import {
  createMpClient,
  createPayClient,
  createSource,
  createUrlSource,
  digest,
  type FileInput,
  type PayClient,
} from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { checkMpClient, clearQuota, getQuota, getRid } from "@wechat-edge/core/mp-doctor";
import { answerMessage, readMessage, readVerification } from "@wechat-edge/core/mp-messages";
import { createMpPlatform, readPlatformPush } from "@wechat-edge/core/mp-platform";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { answerNotification, readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { uploadImage } from "@wechat-edge/pay-media";

export async function everything(): Promise<unknown> {
  const blob = new Blob([new Uint8Array([0xff, 0xd8, 0xff])], { type: "image/jpeg" });
  const file = new File([blob], "licence.jpg");
  const inputs: FileInput[] = [blob, file, new Uint8Array(await blob.arrayBuffer())];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(3));
      controller.close();
    },
  });
  const { signal } = new AbortController();

  const key = await crypto.subtle.importKey(
    "pkcs8",
    new Uint8Array(),
    { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const client = createPayClient({
    mchid: "1900000001",
    serialNo: "5A3C",
    privateKey: key,
    platformKeys: [{ platformKeyId: "A", key }],
    fetch,
    sleep: async (ms, reason) => {
      await fetch(`http://127.0.0.1/${ms}`, reason === undefined ? {} : { signal: reason });
    },
  });
  const account = createMpClient({
    appid: "wx26e3b4a1c0d9f857",
    fetch: (url, init) => fetch(new URL(url), init),
    getAccessToken: async ({ signal: late }) => {
      const reply = await fetch("http://127.0.0.1/token", { signal: late });
      return reply.text();
    },
  });
  const received = async (request: Request): Promise<Response> => {
    if (request.method === "GET") {
      return answerMessage(account, { echostr: await readVerification(account, request) });
    }
    const message = await readMessage(account, request);
    if (message.MsgType === "image") await downloadMedia(account, { media_id: message.MediaId });
    if (message.MsgType !== "event" || message.Event !== "PUBLISHJOBFINISH") {
      return answerMessage(account);
    }
    const { publish_id, article_detail } = message.PublishEventInfo;
    const [first] = article_detail?.item ?? [];
    return answerMessage(account, { reply: `${publish_id}${first?.article_url}` });
  };
  createEmulator().control.seed({
    accounts: [{ appid: account.appid, messages: { to: received, token: "aToken" } }],
  });
  const notified = async (request: Request): Promise<Response> => {
    const { resource } = await readNotification<{ refund_id: string }>(client, request);
    return resource.refund_id === "" ? answerNotification() : answerNotification(undefined);
  };
  await createEmulator().control.notify({ to: notified });
  const platform = createMpPlatform({
    component_appid: "wx5d4c3b2a19087f6e",
    component_appsecret: "1",
    tokenStore: new Map<string, string>(),
    onRefreshToken: async ({ authorizer_appid }) => console.log(authorizer_appid),
  });
  const pushed = async (request: Request): Promise<Response> => {
    const { InfoType } = await readPlatformPush(platform, request);
    return new Response(InfoType === "" ? "" : "success");
  };
  createEmulator().control.mpPlatforms.pushTo({ to: pushed });
  createMpClient({ appid: "wx26e3b4a1c0d9f857", getAccessToken: platform.getAccessToken });
  const emulator = createEmulator({ sleep: async (_, gone) => void fetch("", { signal: gone }) });
  createPayClient({
    mchid: "1",
    serialNo: "1",
    privateKey: "",
    apiV3Key: "",
    fetch: emulator.fetch,
  });
  const reply = await emulator.fetch(new URL("https://api.weixin.qq.com/"), { signal });
  const again = await emulator.fetch(new Request("https://api.weixin.qq.com/"));
  reply.headers.get("date")?.trim();
  new Response(
    (await emulator.fetch("https://api.weixin.qq.com/", { method: "POST", body: blob })).body,
  );
  await client.verify({ status: reply.status, headers: reply.headers, body: await bytesOf(again) });

  for (const input of inputs) await uploadImage(client, input, { signal });
  await uploadImage(client, { name: "a.jpg", size: 3, sha256: "00", stream }, { signal });
  const request = new Request("https://example.com/", { method: "POST", body: blob });
  if (request.body)
    await uploadMedia(account, { type: "image" }, { size: 3, stream: request.body });
  await uploadMedia(account, { type: "image" }, { size: 3, stream: blob.stream() }, { signal });
  await uploadMedia(account, { type: "image" }, file, { signal: AbortSignal.timeout(1000) });
  await uploadVideoMaterial(account, { title: "Film" } as never, file, { signal });
  await rewriteImages("<p>", (url) => url, { signal });
  const { checks } = await checkPayClient(client, { signal });
  if (checks.some(({ code, state }) => code === "clock-fast" && state === "failed")) return checks;
  const found = await checkMpClient(account, { signal });
  if (found.checks.some(({ code }) => code === "ip-whitelist-missing")) return found.checks;
  const { remain } = await getQuota(account, { cgi_path: "/cgi-bin/draft/add" }, { signal });
  if (remain === 0) await clearQuota(account, { bySecret: true, signal });
  await getRid(account, { rid: found.requestId ?? "" }, { signal });
  await digest(file, "SHA-1", { signal });
  await digestInWorker(file, "SHA-1", { signal });
  await digestInWorker(blob, "SHA-1", { signal });
  await createUrlSource(new URL("https://cdn.example/film.mp4"), { fetch, signal });

  createSource({
    size: 3,
    read: async (start, end, options) => {
      const range = { headers: { range: `bytes=${start}-${end - 1}` } };
      const { signal: ended } = options;
      const part = await fetch("", ended === undefined ? range : { ...range, signal: ended });
      return bytesOf(part);
    },
  });

  const download = await downloadMedia(account, { media_id: "A" }, { signal });
  if (download.kind !== "file") return download.video_url;
  return new Response(download.body, { headers: { "content-type": download.type } });
}

async function bytesOf(reply: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await reply.arrayBuffer());
}

export async function read(account: Parameters<typeof downloadMedia>[0]): Promise<number> {
  const download = await downloadMedia(account, { media_id: "A" });
  if (download.kind !== "file") return 0;
  let size = 0;
  const body = download.body.getReader();
  for (let part = await body.read(); !part.done; part = await body.read()) {
    size += part.value.byteLength;
  }
  return size;
}

export async function refused(client: PayClient): Promise<void> {
  const stream = new ReadableStream<string>();
  // @ts-expect-error: texts are no bytes
  await uploadImage(client, { size: 3, sha256: "00", stream });
  // @ts-expect-error: a Response is no file
  await uploadImage(client, new Response());
  // @ts-expect-error: a controller is no signal
  await uploadImage(client, new File([], "a.jpg"), { signal: new AbortController() });
  // @ts-expect-error: a pair is no key
  createPayClient({ mchid: "1", serialNo: "1", apiV3Key: "", privateKey: {} as CryptoKeyPair });
}

export const sample: File = sampleFile("licence.jpg");
