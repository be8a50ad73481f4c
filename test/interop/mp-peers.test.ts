// Other people's clients of an Official Account, unmodified, against the emulator over HTTP.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { exampleFiles } from "./interop-files.ts";
import { requestTo } from "./mp-finding.ts";
import { mpPeers } from "./mp-peers/all.ts";
import { mpCurl } from "./mp-peers/curl.ts";
import { type MpPeer, type MpPeerClient, mpPaths } from "./mp-peers/peer.ts";
import { mpWechatEdge } from "./mp-peers/wechat-edge.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { headerOf, partOf, readForm } from "./sent-form.ts";

const { appid } = credentials.mp;
const file = exampleFiles.image;
const hasCurl = mpPeers.includes(mpCurl);

let emulator: RunningEmulator;
let recorder: Recorder;
let client: MpPeerClient | undefined;
beforeAll(async () => {
  // A proxy in the environment is not for loopback.
  vi.stubEnv("no_proxy", "127.0.0.1");
  emulator = await startEmulator({ port: 0 });
  recorder = await startRecorder(emulator.baseUrl);
});
beforeEach(() => emulator.control.reset());
afterEach(async () => {
  await client?.close();
  client = undefined;
});
afterAll(async () => {
  await recorder.close();
  await emulator.close();
  vi.unstubAllEnvs();
});

const open = async (peer: MpPeer): Promise<MpPeerClient> => {
  client = await peer.open(recorder.origin);
  return client;
};

const stored = async () => {
  const bytes = await readFile(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { appid, type: "image", filename: basename(file), size: bytes.length, sha256 };
};

if (!hasCurl) {
  describe.skip(`${mpCurl.name}: curl not on this machine`, () => {
    it("uploads", () => {});
  });
}

describe.each([mpWechatEdge, ...mpPeers])("$name", (peer) => {
  it("uploads a picture and reads it back by its media_id", async () => {
    const opened = await open(peer);
    const media_id = await opened.uploadImage(file);
    expect(emulator.control.mpMedia).toMatchObject([
      { ...(await stored()), kind: "temporary", media_id },
    ]);
    expect((await opened.download(media_id)).equals(await readFile(file))).toBe(true);
  });

  it("adds a picture to the material library", async () => {
    const media_id = await (await open(peer)).addMaterial(file);
    expect(emulator.control.mpMedia).toMatchObject([
      { ...(await stored()), kind: "permanent", media_id },
    ]);
  });

  it("uploads the picture of an article", async () => {
    const url = await (await open(peer)).uploadArticleImage(file);
    expect(emulator.control.mpMedia).toMatchObject([
      { ...(await stored()), kind: "article-image", url },
    ]);
  });

  it("takes one token for calls one after another", async () => {
    const opened = await open(peer);
    await opened.download(await opened.uploadImage(file));
    await opened.addMaterial(file);
    const calls = { plain: 0, stable: 0, forced: 0, [peer.token]: 1 };
    expect(emulator.control.tokens.calls(appid)).toEqual(calls);
  });

  it("sends the file as it is, with its name and the length of it all", async () => {
    const opened = await open(peer);
    const upload = requestTo(mpPaths.media, await recorder.watch(() => opened.uploadImage(file)));
    const form = readForm(upload);
    expect(form.parts).toHaveLength(1);
    expect(partOf(form, "media").lines[0]).toContain(`filename="${basename(file)}"`);
    expect(partOf(form, "media").body.equals(await readFile(file))).toBe(true);
    expect(headerOf(upload, "content-length")).toBe(`${upload.body.length}`);
  });
});

describe.skipIf(!hasCurl)("curl -I -G", () => {
  it("sees the headers that WeChat's documents show of a download", async () => {
    const origin = emulator.baseUrl;
    client = await mpCurl.open(origin);
    const mediaId = await client.uploadImage(file);
    const [{ token } = { token: "" }] = emulator.control.tokens.list(appid);
    const url = `${origin}${mpPaths.download}?access_token=${token}&media_id=${mediaId}`;
    const { stdout } = await promisify(execFile)("curl", ["-sS", "-I", "-G", url]);
    const { size } = await stored();
    expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
    expect(stdout).toContain(`Content-disposition: attachment; filename="${mediaId}.jpg"`);
    expect(stdout).toMatch(/^content-type: image\/jpeg\s*$/im);
    expect(stdout).toMatch(new RegExp(`^content-length: ${size}\r$`, "im"));
  });
});
