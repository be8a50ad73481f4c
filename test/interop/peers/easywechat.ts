// node-easywechat: `uploadMedia` of its WeChat Pay client takes a path, a Buffer or a stream. It has
// no verification for the reply of a call.

import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { credentials, merchantCertificate } from "@wechat-edge/emulator";
import FormDataPackage from "form-data";
import { mediaOf, type Peer, readUpload, type Upload, uploadPaths } from "./peer.ts";

interface HttpReply {
  isFailed(): boolean;
  toObject(): unknown;
}

interface Client {
  uploadMedia(path: string, file: unknown, meta: null, filename: string): Promise<HttpReply>;
  post(path: string, payload: { formData: FormDataPackage }): Promise<HttpReply>;
}

// Not by its main entry: that asks node-socialite for a file which its 1.5 no longer has, although
// node-easywechat 3.6.2 allows 1.5.
const require = createRequire(import.meta.url);
const Pay = require("node-easywechat/dist/Pay/Application") as new (
  config: object,
) => { getClient(): Client };

type Send = (client: Client, path: string, file: string) => Promise<HttpReply>;

function style(name: string, send: Send, refused?: Peer["refused"]): Peer {
  return {
    name: `node-easywechat, ${name}`,
    verifies: false,
    ...(refused && { refused }),
    upload: (upload) => run(send, upload),
  };
}

async function run(send: Send, { origin, kind, file }: Upload): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "wechat-edge-easywechat-"));
  try {
    const { mchid, privateKey, apiV3Key } = credentials.pay;
    const privateKeyFile = join(directory, "apiclient_key.pem");
    const certificateFile = join(directory, "apiclient_cert.pem");
    await writeFile(privateKeyFile, privateKey);
    await writeFile(certificateFile, merchantCertificate);
    const app = new Pay({
      mch_id: mchid,
      private_key: privateKeyFile,
      certificate: certificateFile,
      secret_key: apiV3Key,
      http: { baseURL: origin },
    });
    const reply = await send(app.getClient(), uploadPaths[kind], file);
    if (reply.isFailed()) throw new Error(JSON.stringify(reply.toObject()));
    return mediaOf(reply.toObject());
  } finally {
    await rm(directory, { recursive: true });
  }
}

export const easywechat: readonly Peer[] = [
  style("uploadMedia of a path", (client, path, file) =>
    client.uploadMedia(path, file, null, basename(file)),
  ),
  style("uploadMedia of a Buffer", async (client, path, file) => {
    const { bytes } = await readUpload(file);
    return client.uploadMedia(path, bytes, null, basename(file));
  }),
  style("uploadMedia of a stream", (client, path, file) =>
    client.uploadMedia(path, createReadStream(file), null, basename(file)),
  ),
  style(
    "post with formData",
    async (client, path, file) => {
      const { meta, bytes } = await readUpload(file);
      const formData = new FormDataPackage();
      formData.append("meta", JSON.stringify(meta), { contentType: "application/json" });
      formData.append("file", bytes, meta.filename);
      return client.post(path, { formData });
    },
    {
      status: 401,
      code: "SIGN_ERROR",
      why: "it signs over an empty body; only `uploadMedia` signs over meta",
    },
  ),
];
