// wechatpay-axios-plugin in each way its README, change log and types let a form be given.

import { createReadStream, type ReadStream } from "node:fs";
import { createRequire } from "node:module";
import { credentials } from "@wechat-edge/emulator";
import FormDataPackage from "form-data";
import { type Meta, mediaOf, type Peer, readUpload, type Upload, uploadPaths } from "./peer.ts";

interface Multipart {
  append(name: string, value: string | Buffer | ReadStream, filename?: string): this;
  getBuffer(): Buffer;
  getHeaders(): Record<string, string>;
}

interface Wechatpay {
  client: {
    v3: { post(path: string, body: unknown, config: object): Promise<{ data: unknown }> };
  };
}

const { Multipart, Wechatpay } = createRequire(import.meta.url)("wechatpay-axios-plugin") as {
  Multipart: new () => Multipart;
  Wechatpay: new (options: object) => Wechatpay;
};

interface Form {
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

type BuildForm = (meta: Meta, file: string, bytes: Buffer<ArrayBuffer>) => Form;

/** Without it the plugin's own Content-Type makes axios send a form as JSON. */
const FORM_TYPE = { "Content-Type": "multipart/form-data" };
const JSON_TYPE = { contentType: "application/json" };

function multipart({ meta, bytes }: { meta: Meta; bytes: Buffer }): Multipart {
  return new Multipart()
    .append("meta", JSON.stringify(meta), "meta.json")
    .append("file", bytes, meta.filename);
}

function writtenByHand(meta: Meta, bytes: Buffer): Form {
  const boundary = "boundary";
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="meta";',
    "Content-Type: application/json",
    "",
    JSON.stringify(meta),
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${meta.filename}";`,
    "Content-Type: image/jpg",
    "\r\n",
  ].join("\r\n");
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--`)]);
  return { body, headers: { "Content-Type": `multipart/form-data;boundary=${boundary}` } };
}

function webForm(meta: string | Blob, name: string, bytes: Buffer<ArrayBuffer>): Form {
  const body = new FormData();
  body.append("meta", meta);
  body.append("file", new File([bytes], name));
  return { body, headers: FORM_TYPE };
}

function style(name: string, build: BuildForm, refused?: Peer["refused"]): Peer {
  return {
    name: `wechatpay-axios-plugin, ${name}`,
    verifies: true,
    ...(refused && { refused }),
    upload: (upload) => send(build, upload),
  };
}

async function send(build: BuildForm, { origin, platformKey, kind, file }: Upload) {
  const { mchid, serialNo, privateKey } = credentials.pay;
  const wxpay = new Wechatpay({
    mchid,
    serial: serialNo,
    privateKey,
    certs: { [platformKey.platformKeyId]: platformKey.key },
    baseURL: origin,
  });
  const { bytes, meta } = await readUpload(file);
  const { body, headers } = build(meta, file, bytes);
  const { data } = await wxpay.client.v3.post(uploadPaths[kind], body, { meta, headers });
  return mediaOf(data);
}

export const axiosPlugin: readonly Peer[] = [
  style("Multipart as a Buffer", (meta, _file, bytes) => {
    const form = multipart({ meta, bytes });
    return { body: form.getBuffer(), headers: form.getHeaders() };
  }),
  style(
    "Multipart as it is",
    (meta, _file, bytes) => {
      const form = multipart({ meta, bytes });
      return { body: form, headers: form.getHeaders() };
    },
    {
      status: 400,
      code: "PARAM_ERROR",
      why: "axios writes the form again, with the parts as Buffers, so that the file loses its name",
    },
  ),
  style("form-data with a Buffer", (meta, _file, bytes) => {
    const form = new FormDataPackage();
    form.append("meta", JSON.stringify(meta), JSON_TYPE);
    form.append("file", bytes, meta.filename);
    return { body: form, headers: form.getHeaders() };
  }),
  style("form-data with a file stream", (meta, file) => {
    const form = new FormDataPackage();
    form.append("meta", JSON.stringify(meta), JSON_TYPE);
    form.append("file", createReadStream(file));
    return { body: form, headers: form.getHeaders() };
  }),
  style("an object", (meta, file) => ({
    body: { meta: JSON.stringify(meta), file: createReadStream(file) },
    headers: FORM_TYPE,
  })),
  style("the web's FormData", (meta, _file, bytes) =>
    webForm(JSON.stringify(meta), meta.filename, bytes),
  ),
  style(
    "the web's FormData, meta as a Blob",
    (meta, _file, bytes) => {
      const blob = new Blob([JSON.stringify(meta)], { type: "application/json" });
      return webForm(blob, meta.filename, bytes);
    },
    {
      status: 401,
      code: "SIGN_ERROR",
      why: "a Blob adds a file name to meta, so the gateway finds no meta and verifies over an empty body",
    },
  ),
  style("a body as WeChat's samples write it", (meta, _file, bytes) => writtenByHand(meta, bytes)),
];
