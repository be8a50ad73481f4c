// What no program may write. Were a type lost, it would be `any`, take anything, and leave its line without an error.

import {
  createMpClient,
  createPayClient,
  createSource,
  createUrlSource,
  digest,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { createEmulator } from "@wechat-edge/emulator";
import { startEmulator } from "@wechat-edge/emulator/node";
import { downloadMedia, keepMedia, uploadMedia } from "@wechat-edge/mp-media";
import { publishArticle, uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { uploadImage } from "@wechat-edge/pay-media";
import { bytes, mp, pay, source, store } from "./accepted.ts";

const wechatPay = await pay("", "", null as never);
const account = await mp("", null as never);
const keys = [{ platformKeyId: "PUB_KEY_ID_0119000000012026010100000000000001", key: "pem" }];
const merchant = { mchid: "1900000001", serialNo: "5A3C", privateKey: "pem", platformKeys: keys };

const job = { until: "uploaded" as const, cover: source, article: {} as never };

createPayClient(merchant);
// @ts-expect-error: a number is no key
createPayClient({ ...merchant, privateKey: 42 });
// @ts-expect-error: an object is none either
createPayClient({ ...merchant, privateKey: {} });
// @ts-expect-error: nor is a list of numbers
createPayClient({ ...merchant, privateKey: [...bytes] });
// @ts-expect-error: a merchant and a brand are two
createPayClient({ ...merchant, brandId: "123456789" });
// @ts-expect-error: nor a number, of the platform
createPayClient({ ...merchant, platformKeys: [{ platformKeyId: "A", key: 42 }] });
// @ts-expect-error: the old name of platformKeyId
createPayClient({ ...merchant, platformKeys: [{ id: "A", key: "pem" }] });
// @ts-expect-error: a number is no fetch
createPayClient({ ...merchant, fetch: 42 });
// @ts-expect-error: nor is an object
createPayClient({ ...merchant, fetch: {} });
// @ts-expect-error: it must give a Response
createPayClient({ ...merchant, fetch: async () => "reply" });
// @ts-expect-error: it is called with a string
createPayClient({ ...merchant, fetch: async (url: number) => Promise.reject(url) });
// @ts-expect-error: misspelt
createPayClient({ ...merchant, platformkeys: keys });
// @ts-expect-error: misspelt
createPayClient({ ...merchant, apiv3Key: "32" });
// @ts-expect-error: misspelt
createPayClient({ ...merchant, timeOut: 1000 });
// @ts-expect-error: misspelt
createPayClient({ ...merchant, retry: { attempt: 1 } });
// @ts-expect-error: a store must have set
createPayClient({ ...merchant, certificateCache: { get: () => null } });
// @ts-expect-error: without serialNo
createPayClient({ mchid: "1900000001", privateKey: "pem", platformKeys: keys });

// @ts-expect-error: misspelt
createMpClient({ appid: "wx26e3b4a1c0d9f857", appSecret: "0f1e" });
// @ts-expect-error: a number is no secret
createMpClient({ appid: "wx26e3b4a1c0d9f857", secret: 42 });
// @ts-expect-error: it must give a string
createMpClient({ appid: "wx26e3b4a1c0d9f857", getAccessToken: async () => 42 });

// @ts-expect-error: a number is no file
createSource(42);
// @ts-expect-error: a path is none
createSource("licence.jpg");
// @ts-expect-error: nor is an object
createSource({});
// @ts-expect-error: a promise of one is none
createSource(Promise.resolve(bytes));
// @ts-expect-error: a reader must say its size
createSource({ read: () => bytes });
// @ts-expect-error: misspelt
createSource(bytes, { filename: "licence.jpg" });
// @ts-expect-error: a number is no URL
createUrlSource(42);
// @ts-expect-error: in the other form
digest(bytes, "sha256");
// @ts-expect-error: an object is no signal
digest(bytes, "SHA-256", { signal: {} });

// @ts-expect-error: a number is no file
uploadImage(wechatPay, 42);
// @ts-expect-error: a path is none
uploadImage(wechatPay, "licence.jpg");
// @ts-expect-error: an object is no signal
uploadImage(wechatPay, source, { signal: {} });
// @ts-expect-error: a number is none
uploadImage(wechatPay, source, { signal: 42 });
// @ts-expect-error: misspelt
uploadImage(wechatPay, source, { onprogress: () => undefined });
// @ts-expect-error: no profile of that name
uploadImage(wechatPay, source, { limits: "merchants" });
// @ts-expect-error: the client of the other half
uploadImage(account, source);
// @ts-expect-error: a string is no stream
uploadImage(wechatPay, { name: "licence.jpg", size: 3, sha256: "00", stream: "licence.jpg" });
// @ts-expect-error: misspelt
payRequest(wechatPay, { method: "GET", path: "/v3/certificates", params: {} });
// @ts-expect-error: an object is no signal
payRequest(wechatPay, { method: "GET", path: "/v3/certificates" }, { signal: {} });

// @ts-expect-error: a number is no file
uploadMedia(account, { type: "image" }, 42);
// @ts-expect-error: no such type
uploadMedia(account, { type: "picture" }, source);
// @ts-expect-error: an object is no signal
uploadMedia(account, { type: "image" }, source, { signal: {} });
// @ts-expect-error: the client of the other half
uploadMedia(wechatPay, { type: "image" }, source);
// @ts-expect-error: without a store
keepMedia(account, { type: "image" }, source, {});
// @ts-expect-error: misspelt
keepMedia(account, { type: "image" }, source, { store, ttl: 60 });
// @ts-expect-error: an object is no signal
downloadMedia(account, { media_id: "A" }, { signal: {} });
// @ts-expect-error: misspelt
downloadMedia(account, { mediaId: "A" });
// @ts-expect-error: an object is no signal
mpRequest(account, { method: "GET", path: "/cgi-bin/menu/get" }, { signal: {} });

// @ts-expect-error: a number is no file
uploadVideoMaterial(account, { title: "Film" } as never, 42);
// @ts-expect-error: an object is no signal
uploadVideoMaterial(account, { title: "Film" } as never, source, { signal: {} });
// @ts-expect-error: no such target
publishArticle(account, { ...job, target: "library" });
const draft = { ...job, target: "draft" as const };
// @ts-expect-error: an answer names its attempt
publishArticle(account, draft, { resolution: "nothing" });
// @ts-expect-error: an answer names its attempt
publishArticle(account, draft, { resolution: { outcome: "nothing" } });
// @ts-expect-error: an answer names its attempt
publishArticle(account, draft, { resolution: { media_id: "M" } });
// @ts-expect-error: no such outcome
publishArticle(account, draft, { resolution: { attempt: "A", outcome: "added" } });
// @ts-expect-error: it names the vid
publishArticle(account, draft, { restartVideo: true });
// @ts-expect-error: an answer names its attempt
uploadVideoMaterial(account, {} as never, source, { resolution: { media_id: "M" } });
// @ts-expect-error: an object is no signal
rewriteImages("<p>", () => undefined, { signal: {} });

// @ts-expect-error: a number is no Blob
digestInWorker(42, "SHA-1");
// @ts-expect-error: bytes are none
digestInWorker(bytes, "SHA-1");
// @ts-expect-error: an object is no Worker
digestInWorker(null as never, "SHA-1", { createWorker: () => ({}) });

// @ts-expect-error: misspelt
createEmulator({ merchant: [] });
// @ts-expect-error: it must give a promise
createEmulator({ sleep: 42 });
// @ts-expect-error: a number is no URL
createEmulator().fetch(42);
// @ts-expect-error: an object is no signal
createEmulator().fetch("https://api.weixin.qq.com/", { signal: {} });
// @ts-expect-error: misspelt
startEmulator({ ports: 0 });
