// Uploads of wechat-edge when tokens do not last, and why those of others fail. How many of the others
// fail is measured for docs/interop.md.

import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { measure, situations } from "./hostile-tokens.ts";
import { exampleFiles } from "./interop-files.ts";
import { mpPeers } from "./mp-peers/all.ts";
import type { MpPeer } from "./mp-peers/peer.ts";
import { mpWechatEdge, mpWechatEdgePlain } from "./mp-peers/wechat-edge.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

const { appid } = credentials.mp;
const file = exampleFiles.image;

beforeAll(() => {
  vi.stubEnv("no_proxy", "127.0.0.1");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe.each([
  { peer: mpWechatEdge, tokenCalls: [1, 1, 3, 2, 2] },
  { peer: mpWechatEdgePlain, tokenCalls: [1, 1, 2, 2, 2] },
])("$peer.name", ({ peer, tokenCalls }) => {
  const cases = situations.map((situation, at) => ({ situation, calls: tokenCalls[at] }));
  it.each(cases)(
    "$situation.title: all of $situation.uploads succeed, token calls: $calls",
    async ({ situation, calls }) => {
      expect(await measure(peer, situation)).toEqual({
        tokenCalls: calls,
        successes: situation.uploads,
        failures: 0,
        hangs: 0,
      });
    },
  );
});

describe("why others fail", () => {
  let emulator: RunningEmulator;
  let recorder: Recorder;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    recorder = await startRecorder(emulator.baseUrl);
  });
  beforeEach(() => emulator.control.reset());
  afterAll(async () => {
    await recorder.close();
    await emulator.close();
  });

  const byName = (name: string): MpPeer => {
    const peer = mpPeers.find((candidate) => candidate.name.startsWith(name));
    if (peer === undefined) throw new Error(`There is no peer ${name}.`);
    return peer;
  };

  /** Uploads twice; the token ends between the two. Returns the requests for the second. */
  const uploadAfter = async (name: string, end: (appid: string) => void) => {
    const client = await byName(name).open(recorder.origin);
    try {
      await client.uploadImage(file);
      end(appid);
      return await recorder.watch(() => client.uploadImage(file));
    } finally {
      await client.close();
    }
  };

  it("wechat-api repeats with the token that was refused", async () => {
    const { exchanges, error } = await uploadAfter("wechat-api", emulator.control.tokens.kill);
    expect(exchanges.map(({ code }) => code)).toEqual(["40001", "40001"]);
    expect(exchanges[1]?.target).toBe(exchanges[0]?.target);
    expect(error).toMatchObject({ code: 40001 });
  });

  it("wechat-api does not repeat when a token has expired", async () => {
    const { exchanges, error } = await uploadAfter("wechat-api", emulator.control.tokens.expire);
    expect(exchanges.map(({ code }) => code)).toEqual(["42001"]);
    expect(error).toMatchObject({ code: 42001 });
  });

  it("node-easywechat returns a reply with an errcode like any other", async () => {
    const { exchanges, error } = await uploadAfter("node-easywechat", emulator.control.tokens.kill);
    expect(exchanges.map(({ code }) => code)).toEqual(["40001"]);
    expect(String(error)).toMatch(/No media_id in \{"errcode":40001/);
  });

  it("node-easywechat sends one of two files that withFile is given at once", async () => {
    const client = await byName("node-easywechat, withFile").open(recorder.origin);
    const { exchanges } = await recorder.watch(() =>
      Promise.allSettled([client.uploadImage(file), client.uploadImage(file)]),
    );
    await client.close();
    const codes = exchanges.map(({ code }) => code ?? "ok").toSorted();
    expect(codes).toEqual(["41005", "ok", "ok", "ok"]);
  });
});
