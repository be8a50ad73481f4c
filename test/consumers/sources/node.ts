// Node: Buffers, its own Blob and streams, and what its stores and streams take.

import { Blob as NodeBlob } from "node:buffer";
import { createPrivateKey, webcrypto } from "node:crypto";
import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { ReadableStream as NodeStream } from "node:stream/web";
import { Worker } from "node:worker_threads";
import {
  createPayClient,
  createSource,
  type Fetch,
  type KeyValueStore,
  type RandomAccessFile,
} from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { messageAnswer, readMessage } from "@wechat-edge/core/mp-messages";
import { notificationAnswer, readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator } from "@wechat-edge/emulator";
import { startEmulator } from "@wechat-edge/emulator/node";
import { downloadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { createStorage } from "unstorage";
import { mp, pay } from "./accepted.ts";

export const storage: KeyValueStore = createStorage<string>();

/** The Response of node-fetch: its body is a stream of Node. */
interface NodeFetchResponse {
  readonly status: number;
  readonly type: string;
  readonly headers: { get(name: string): string | null };
  readonly body: NodeJS.ReadableStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}
declare const nodeFetch: (
  url: string,
  init?: { method?: string; headers?: Record<string, string>; body?: Buffer | null },
) => Promise<NodeFetchResponse>;
export const foreign: Fetch = (url, init) => nodeFetch(url, init as object);

export async function node(): Promise<unknown> {
  const client = await pay("", "", new NodeStream<Uint8Array>());
  createSource(Buffer.from("abc"));
  createSource(new NodeBlob(["abc"]));
  createSource(await openAsBlob("licence.jpg"));
  const handle = await open("film.mp4");
  const file: RandomAccessFile = {
    size: (await handle.stat()).size,
    read: async (start, end) => {
      const { buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer;
    },
  };
  createSource(file);
  const stream = new NodeStream<Uint8Array>();
  await uploadImage(client, { name: "a.jpg", size: 3, sha256: "00", stream });
  await uploadImage(client, { size: 3, sha256: "00", stream: Readable.toWeb(Readable.from([])) });
  const { privateKey } = await webcrypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    false,
    ["sign"],
  );
  const merchant = createPayClient({ mchid: "1", serialNo: "1", privateKey, apiV3Key: "" });
  createServer((request, response) => {
    const read = readNotification(merchant, { headers: request.headers, body: Buffer.from("{}") });
    const { status, headers, body } = notificationAnswer(read);
    response.writeHead(status, headers).end(body);
  });
  createServer(async (request, response) => {
    const account = await mp("", fetch);
    const { url = "/" } = request;
    const message = await readMessage(account, { url, body: Buffer.from("<xml></xml>") });
    const { status, headers, body } = await messageAnswer(account, {
      echostr: message.FromUserName,
    });
    response.writeHead(status, headers).end(body);
  });
  const keyObject = createPrivateKey("");
  // @ts-expect-error: a KeyObject is no CryptoKey
  createPayClient({ mchid: "1", serialNo: "1", privateKey: keyObject, apiV3Key: "" });
  createPayClient({ mchid: "1", serialNo: "1", privateKey: Buffer.from(""), apiV3Key: "" });
  // @ts-expect-error: a Worker of node:worker_threads is no Web Worker
  digestInWorker(new NodeBlob(["abc"]) as never, "SHA-1", { createWorker: () => new Worker("") });
  // @ts-expect-error: a stream of Node is read only once
  createSource(Readable.from(["abc"]));

  const emulator = await startEmulator({ port: 0 });
  await fetch(emulator.baseUrl);
  const reply = await createEmulator().fetch("https://api.weixin.qq.com/");
  if (reply.body) for await (const chunk of reply.body) process.stdout.write(chunk);

  const download = await downloadMedia(await mp("", fetch), { media_id: "A" });
  if (download.kind !== "file") return undefined;
  let size = 0;
  for await (const chunk of download.body) size += chunk.byteLength;
  return size;
}
