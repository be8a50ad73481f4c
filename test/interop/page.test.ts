// docs/interop.md, made from the requests of every client.

import { readFile, writeFile } from "node:fs/promises";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { exampleFiles, type MadeFiles, makeFiles } from "./interop-files.ts";
import { type Finding, interopPage, withoutLast } from "./page.ts";
import { peers } from "./peers/all.ts";
import { curl, missingForCurl } from "./peers/curl.ts";
import type { Peer } from "./peers/peer.ts";
import { wechatEdge } from "./peers/wechat-edge.ts";
import { type Outcome, type Recorder, startRecorder } from "./recorder.ts";
import { traitsOf } from "./traits.ts";

const page = new URL("../../docs/interop.md", import.meta.url);
const [platformKey = { id: "", key: "" }] = credentials.pay.platformKeys;
let emulator: RunningEmulator;
let recorder: Recorder;
let files: MadeFiles;

beforeAll(async () => {
  vi.stubEnv("no_proxy", "127.0.0.1");
  emulator = await startEmulator({ port: 0, replyKey: platformKey.id });
  recorder = await startRecorder(emulator.origin);
  files = await makeFiles();
});
afterAll(async () => {
  await files.remove();
  await recorder.close();
  await emulator.close();
  vi.unstubAllEnvs();
});

async function find(peer: Peer): Promise<Finding> {
  const { origin } = recorder;
  const upload = (kind: keyof typeof exampleFiles, file = exampleFiles[kind], how = {}) =>
    recorder.record(() => peer.upload({ origin, platformKey, kind, file }), how);
  const image = await upload("image");
  const quoted = await upload("image", files.quoted);
  const large = await upload("image", files.large);
  const outcomes: Record<string, Outcome> = {
    image,
    video: await upload("video"),
    "marketing picture": await upload("marketing picture"),
    "one bit of meta flipped": await upload("image", exampleFiles.image, { flip: true }),
    '`"` in the file name': quoted,
    "1.5 MiB": large,
  };
  const traits = traitsOf(image.exchange, quoted.exchange, large.exchange);
  const why = peer.refused && { why: peer.refused.why };
  return { name: peer.name, verifies: peer.verifies, ...why, outcomes, traits };
}

const left = missingForCurl.length > 0 ? `, ${curl.name} left out` : "";

it(`docs/interop.md says what each client sends${left}`, async () => {
  const others: Finding[] = [];
  for (const peer of peers) others.push(await find(peer));
  const expected = interopPage(await find(wechatEdge), others);
  if (process.env["UPDATE_DOCS"] === "1" && missingForCurl.length === 0) {
    await writeFile(page, expected);
  }
  const written = await readFile(page, "utf8");
  const compared = missingForCurl.length > 0 ? withoutLast(written, curl.name) : written;
  expect(compared, "docs/interop.md is out of date: UPDATE_DOCS=1 writes it anew").toBe(expected);
});
