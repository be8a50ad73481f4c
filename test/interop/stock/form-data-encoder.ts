// A form as form-data-encoder frames it, and its stream as a body of unknown length; the rest by hand.

import { Readable } from "node:stream";
import { FormDataEncoder } from "form-data-encoder";
import { WECHAT_PAY } from "../hosts/domain.ts";
import { authorization, isSigned, metaOf } from "./signed.ts";
import { pictureName, readPicture, type StockClient, textOf, UPLOAD_PATH } from "./stock-client.ts";

/** With the length that it computes, or as a stream without one. */
export const framing = (withLength: boolean): StockClient => ({
  async upload() {
    const bytes = await readPicture();
    const meta = metaOf(bytes);
    const form = new FormData();
    form.set("meta", meta);
    form.set("file", new File([new Uint8Array(bytes)], pictureName, { type: "image/jpeg" }));
    const encoder = new FormDataEncoder(form);
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: {
        "content-type": encoder.contentType,
        ...(withLength && { "content-length": encoder.contentLength ?? "" }),
        accept: "application/json",
        authorization: authorization("POST", UPLOAD_PATH, meta),
      },
      body: Readable.toWeb(Readable.from(encoder)) as ReadableStream,
      duplex: "half",
    };
    const reply = await fetch(`${WECHAT_PAY}${UPLOAD_PATH}`, init);
    const text = await reply.text();
    if (!reply.ok) throw new Error(text);
    return { value: textOf(JSON.parse(text), "media_id"), verified: isSigned(reply.headers, text) };
  },
});
