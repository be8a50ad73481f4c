// Signed uploads a second: this library, wechatpay-axios-plugin, and the floor that nothing can beat
// on one core (digest, sign, verify and node:http by hand). Rounds are interleaved and ratios taken
// round by round, so that a noisy machine disturbs all alike.

import { fork } from "node:child_process";
import {
  createHash,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from "node:crypto";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { createPayClient } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";

const ROUNDS = Number(process.env["ROUNDS"] ?? 7);
const ROUND_MS = Number(process.env["ROUND_MS"] ?? 700);
const SERIAL = "PUB_KEY_ID_BENCH";
const PATH = "/v3/merchant/media/upload";

type Upload = (file: Buffer) => Promise<unknown>;

const merchant = generateKeyPairSync("rsa", { modulusLength: 2048 });
const platform = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privateKey = merchant.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
const platformKey = platform.publicKey.export({ type: "spki", format: "pem" }) as string;
const identity = { mchid: "1900000109", serialNo: "0A1B2C" };

const sink = fork(new URL("./sink.ts", import.meta.url), {
  env: {
    ...process.env,
    SINK: JSON.stringify({
      serial: SERIAL,
      privateKey: platform.privateKey.export({ type: "pkcs8", format: "pem" }),
    }),
  },
});
const port = await new Promise<number>((resolve) => sink.once("message", resolve as never));
const origin = `http://127.0.0.1:${port}`;

const clients: Record<string, Upload> = {
  "wechat-edge": ours(),
  "axios-plugin": axiosPlugin(),
  floor: floor(),
};

console.log(`Node ${process.versions.node}, ${ROUNDS} rounds of ${ROUND_MS} ms, medians\n`);
console.log("size  in flight   wechat-edge  axios-plugin  floor   / axios-plugin  / floor");
for (const mebibytes of [2, 5]) {
  const file = jpegOf(mebibytes * 1024 * 1024);
  for (const inFlight of [1, 4]) {
    const rates: Record<string, number[]> = { "wechat-edge": [], "axios-plugin": [], floor: [] };
    for (const upload of Object.values(clients)) await measure(upload, file, inFlight, 200);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, upload] of Object.entries(clients)) {
        rates[name]?.push(await measure(upload, file, inFlight, ROUND_MS));
      }
    }
    const [own = [], peer = [], least = []] = Object.values(rates);
    const cells = [own, peer, least].map((rate) => `${median(rate).toFixed(0)}/s`);
    const ratios = [peer, least].map((rate) =>
      median(own.map((value, i) => value / (rate[i] ?? 1))).toFixed(2),
    );
    const [a = "", b = "", c = ""] = cells;
    const [overPeer = "", overFloor = ""] = ratios;
    console.log(
      `${mebibytes} MB  ${String(inFlight).padEnd(11)} ${a.padEnd(12)} ${b.padEnd(13)} ${c.padEnd(7)} ${overPeer.padEnd(15)} ${overFloor}`,
    );
  }
}
sink.kill();
process.exit();

async function measure(
  upload: Upload,
  file: Buffer,
  inFlight: number,
  ms: number,
): Promise<number> {
  const started = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - started < ms) {
      await upload(file);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (done * 1000) / (performance.now() - started);
}

function ours(): Upload {
  const limits = { maxBytes: 8 * 1024 * 1024 };
  const platformKeys = [{ platformKeyId: SERIAL, key: platformKey }];
  const pay = createPayClient({ ...identity, privateKey, platformKeys, baseUrl: origin });
  return (file) => {
    const source = {
      name: "a.jpg",
      size: file.length,
      read: (s: number, e: number) => file.subarray(s, e),
    };
    return uploadImage(pay, source, { limits });
  };
}

interface AxiosPlugin {
  Multipart: new () => {
    append(name: string, value: string | Buffer, filename?: string): void;
    getBuffer(): Buffer;
    getHeaders(): Record<string, string>;
  };
  Wechatpay: new (
    options: object,
  ) => {
    client: { v3: { post(path: string, body: Buffer, config: object): Promise<unknown> } };
  };
}

function axiosPlugin(): Upload {
  const { Multipart, Wechatpay } = createRequire(import.meta.url)(
    "wechatpay-axios-plugin",
  ) as AxiosPlugin;
  const wxpay = new Wechatpay({
    mchid: identity.mchid,
    serial: identity.serialNo,
    privateKey,
    certs: { [SERIAL]: platformKey },
    baseURL: origin,
  });
  return (file) => {
    const meta = { filename: "a.jpg", sha256: createHash("sha256").update(file).digest("hex") };
    const form = new Multipart();
    form.append("meta", JSON.stringify(meta));
    form.append("file", file, meta.filename);
    return wxpay.client.v3.post(PATH, form.getBuffer(), { meta, headers: form.getHeaders() });
  };
}

function floor(): Upload {
  const key = createPublicKey(platformKey);
  const agent = new Agent({ keepAlive: true });
  return (file) => {
    const sha256 = createHash("sha256").update(file).digest("hex");
    const signature = createSign("sha256")
      .update(`POST\n${PATH}\n1\n2\n${sha256}\n`)
      .sign(privateKey, "base64");
    return new Promise<void>((resolve, reject) => {
      const options = {
        method: "POST",
        agent,
        headers: { "content-length": file.length, signature },
      };
      const sent = request(`${origin}${PATH}`, options, (reply) => {
        let text = "";
        reply.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        reply.on("end", () => {
          const header = (name: string) => String(reply.headers[`wechatpay-${name}`]);
          const message = `${header("timestamp")}\n${header("nonce")}\n${text}\n`;
          const valid = createVerify("sha256")
            .update(message)
            .verify(key, header("signature"), "base64");
          if (valid) resolve();
          else reject(new Error("The sink's signature does not fit."));
        });
      });
      sent.on("error", reject);
      sent.end(file);
    });
  };
}

/** A file that begins like a JPEG and goes on at random. */
function jpegOf(size: number): Buffer {
  const file = Buffer.alloc(size, Buffer.from("wechat-edge"));
  file.set([0xff, 0xd8, 0xff, 0xe0]);
  return file;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
