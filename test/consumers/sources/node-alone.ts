// Node without the DOM library. With both, the ReadableStream and the Blob of the DOM are not assignable to those of
// node:stream/web and node:buffer: Readable.fromWeb takes the body of no Response, and undici no body without a cast.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Fetch } from "@wechat-edge/core";
import type { DownloadedFile } from "@wechat-edge/mp-media";
import { ProxyAgent, fetch as undiciFetch } from "undici";

export async function print({ body }: DownloadedFile): Promise<void> {
  await pipeline(Readable.fromWeb(body), process.stdout);
}

const dispatcher = new ProxyAgent("http://127.0.0.1:3128");

export const direct: Fetch = undiciFetch;
export const proxied: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher });
