// Runs the Worker in workerd, and the emulator that it uploads to: npm start, or node start.ts

import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@wechat-edge/emulator/node";
import { sampleFile } from "@wechat-edge/emulator/samples";
import type { Bindings } from "./src/bindings.ts";

// Else wrangler asks Cloudflare for a cf object and sends usage statistics.
process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
process.env["WRANGLER_SEND_METRICS"] = "false";
const { unstable_startWorker: startWorker } = await import("wrangler");

const HOST = "127.0.0.1";
const EMULATOR_PORT = 8790;
const WORKER_PORT = 8787;

const emulator = await startEmulator({ port: await freePort(EMULATOR_PORT) });
const { pay } = emulator.control.credentials;
const [platform] = pay.platformKeys;
if (platform === undefined) throw new Error("The emulator has no platform key.");
const bindings: Bindings = {
  UPLOAD_TOKEN: randomBytes(16).toString("hex"),
  MCHID: pay.mchid,
  SERIAL_NO: pay.serialNo,
  PRIVATE_KEY: pay.privateKey,
  PLATFORM_KEY_ID: platform.platformKeyId,
  PLATFORM_KEY: platform.key,
  API_V3_KEY: pay.apiV3Key,
  PAY_BASE_URL: emulator.baseUrl,
};

const worker = await startWorker({
  config: fileURLToPath(new URL("wrangler.jsonc", import.meta.url)),
  bindings: Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [name, { type: "secret_text", value }]),
  ),
  dev: {
    server: { hostname: HOST, port: await freePort(WORKER_PORT) },
    inspector: false,
    logLevel: "error",
    persist: false,
    watch: false,
  },
});
const { origin } = await worker.url;
await fetch(origin); // answers once the Worker is built and running

const samples = mkdtempSync(join(tmpdir(), "wechat-edge-uploads-"));
console.log(`The Worker          ${origin}
Its token           ${bindings.UPLOAD_TOKEN}
WeChat Pay          ${emulator.baseUrl} (the emulator)
What it received    ${emulator.inspector}

Upload a picture; with its digest the Worker passes it on while it arrives:

${await curl("images", "licence.jpg", { withDigest: true })}

Upload a video; without a digest the Worker reads it into memory first:

${await curl("videos", "clip.mp4", { withDigest: false })}

Let WeChat Pay notify the Worker of a payment:

curl '${emulator.baseUrl}/_emulator/notify' -d '{"url":"${origin}/notify/pay"}'

Press Ctrl+C to stop.`);

await stopSignal();
await worker.dispose();
await emulator.close();
rmSync(samples, { recursive: true, force: true });

/** Writes a sample file to disk and returns the shell command that uploads it. */
async function curl(
  collection: "images" | "videos",
  name: "licence.jpg" | "clip.mp4",
  { withDigest }: { withDigest: boolean },
): Promise<string> {
  const path = join(samples, name);
  const bytes = new Uint8Array(await sampleFile(name).arrayBuffer());
  writeFileSync(path, bytes);
  const digest = createHash("sha256").update(bytes).digest("base64");
  return [
    `curl --data-binary '@${path}'`,
    `-H 'Authorization: Bearer ${bindings.UPLOAD_TOKEN}'`,
    ...(withDigest ? [`-H 'Content-Digest: sha-256=:${digest}:'`] : []),
    `'${origin}/${collection}?name=${name}'`,
  ].join(" \\\n  ");
}

function stopSignal(): Promise<unknown> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  // Miniflare listens too, and would end this process before the cleanup below.
  for (const signal of signals) process.removeAllListeners(signal);
  return Promise.race(signals.map((signal) => once(process, signal)));
}

/** Returns the port if it is free, else another that is. */
async function freePort(preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    const server = createServer().listen(port, HOST);
    try {
      await once(server, "listening");
    } catch {
      console.log(`Port ${port} is in use, so another one is taken.`);
      continue;
    }
    const address = server.address();
    server.close();
    await once(server, "close");
    if (address !== null && typeof address === "object") return address.port;
  }
  throw new Error("No port is free.");
}
