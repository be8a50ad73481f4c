import { env, exports } from "cloudflare:workers";
import { inject } from "vitest";
import type { Bindings } from "../src/bindings.ts";

export const TOKEN = "a-token-of-the-tests";

/** The secrets of a Worker that uploads to the emulator. */
export function emulatorBindings(): Bindings {
  const { baseUrl, pay } = inject("emulator");
  const [platform] = pay.platformKeys;
  if (platform === undefined) throw new Error("The emulator has no platform key.");
  return {
    UPLOAD_TOKEN: TOKEN,
    MCHID: pay.mchid,
    SERIAL_NO: pay.serialNo,
    PRIVATE_KEY: pay.privateKey,
    PLATFORM_KEY_ID: platform.platformKeyId,
    PLATFORM_KEY: platform.key,
    API_V3_KEY: pay.apiV3Key,
    PAY_BASE_URL: baseUrl,
  };
}

/** Sends a request to the Worker, which runs beside the tests. */
export function callWorker(path: string, init: RequestInit = {}): Promise<Response> {
  // The address of the emulator is not yet known when wrangler's configuration is read.
  Object.assign(env, emulatorBindings());
  const worker = (exports as unknown as { default: Fetcher }).default;
  return worker.fetch(`http://worker.example${path}`, init);
}

/** Uploads bytes under a name. `digest` is a Content-Digest; "right" computes it. */
export async function upload(
  collection: "images" | "videos",
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  digest?: string,
): Promise<Response> {
  const headers = new Headers({ Authorization: `Bearer ${TOKEN}` });
  headers.set("Content-Length", String(bytes.byteLength));
  if (digest !== undefined) {
    headers.set("Content-Digest", digest === "right" ? await contentDigest(bytes) : digest);
  }
  const path = `/${collection}?name=${encodeURIComponent(name)}`;
  return callWorker(path, { method: "POST", headers, body: bytes });
}

/** A file of the media folder, such as `media/licence.jpg` or `bad/webp.jpg`. */
export async function fixture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const reply = await fetch(`${inject("fixtures")}/${encodeURI(path)}`);
  if (!reply.ok) throw new Error(`There is no ${path}: ${reply.status}.`);
  return new Uint8Array(await reply.arrayBuffer());
}

export async function contentDigest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
