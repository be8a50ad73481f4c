// Runs the Worker in workerd beside an emulator of WeChat Pay: npm start

import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@wechat-edge/emulator/node";
import type { Bindings } from "./src/bindings.ts";

// Otherwise wrangler asks Cloudflare for a cf object and sends it usage statistics.
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
  PAY_BASE_URL: emulator.origin,
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
await fetch(origin); // answered once the Worker is built and running

console.log(`WeChat Pay emulator  ${emulator.origin}
Worker               ${origin}
Token                ${bindings.UPLOAD_TOKEN}

A picture, passed on while it arrives:

${curl("images", "licence.jpg", true)}

A video, collected first:

${curl("videos", "clip.mp4", false)}

What was sent, and what WeChat would have answered: ${emulator.inspector}
Press Ctrl+C to stop.`);

await stopSignal();
await worker.dispose();
await emulator.close();

/** A command that uploads a file of examples/media, to be pasted into a shell. */
function curl(collection: "images" | "videos", name: string, withDigest: boolean): string {
  const path = fileURLToPath(new URL(`../media/${name}`, import.meta.url));
  const digest = createHash("sha256").update(readFileSync(path)).digest("base64");
  return [
    `curl --data-binary '@${path}'`,
    `-H 'Authorization: Bearer ${bindings.UPLOAD_TOKEN}'`,
    ...(withDigest ? [`-H 'Content-Digest: sha-256=:${digest}:'`] : []),
    `'${origin}/${collection}?name=${encodeURIComponent(name)}'`,
  ].join(" \\\n  ");
}

function stopSignal(): Promise<unknown> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  // Miniflare listens too, and would end this process before it has cleaned up.
  for (const signal of signals) process.removeAllListeners(signal);
  return Promise.race(signals.map((signal) => once(process, signal)));
}

/** The port if nobody listens there, else one that is free. */
async function freePort(preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    const server = createServer().listen(port, HOST);
    try {
      await once(server, "listening");
    } catch {
      continue; // taken
    }
    const address = server.address();
    server.close();
    await once(server, "close");
    if (address !== null && typeof address === "object") return address.port;
  }
  throw new Error("No port is free.");
}
