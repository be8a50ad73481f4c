// Node 20 by the types of its time: what they share with later ones.

import { Blob as NodeBlob } from "node:buffer";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ReadableStream as NodeStream } from "node:stream/web";
import { createSource } from "@wechat-edge/core";
import { downloadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { mp, pay } from "./accepted.ts";

export async function node20(): Promise<void> {
  createSource(Buffer.from("abc"));
  createSource(new NodeBlob(["abc"]));
  const stream = new NodeStream<Uint8Array>();
  await uploadImage(await pay("", "", stream), { size: 3, sha256: "00", stream });
  const download = await downloadMedia(await mp("", fetch), { media_id: "A" });
  if (download.kind !== "file") return;
  await pipeline(Readable.fromWeb(download.body), createWriteStream(download.name));
}
