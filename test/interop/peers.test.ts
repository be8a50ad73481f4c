// Other people's clients, unmodified, against the emulator over HTTP.

import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { exampleFiles } from "./interop-files.ts";
import { peers } from "./peers/all.ts";
import { curl, missingForCurl } from "./peers/curl.ts";
import { type Peer, readUpload, type UploadKind, uploadPaths } from "./peers/peer.ts";
import { wechatEdge } from "./peers/wechat-edge.ts";
import { type Outcome, type Recorder, startRecorder } from "./recorder.ts";
import { headerOf, partOf, readForm } from "./sent-form.ts";

const kinds = Object.keys(uploadPaths) as UploadKind[];
const working = peers.filter(({ refused }) => refused === undefined);
const refused = peers.filter((peer) => peer.refused !== undefined);

if (missingForCurl.length > 0) {
  describe.skip(`${curl.name}: ${missingForCurl.join(" and ")} not on this machine`, () => {
    it("uploads", () => {});
  });
}

describe.each(credentials.pay.platformKeys)("replies signed with $platformKeyId", (platformKey) => {
  // Which key signs the reply changes nothing of what is sent.
  const isFirst = platformKey === credentials.pay.platformKeys[0];
  let emulator: RunningEmulator;
  let recorder: Recorder;
  beforeAll(async () => {
    // A proxy in the environment is not for loopback.
    vi.stubEnv("no_proxy", "127.0.0.1");
    emulator = await startEmulator({ port: 0, replyKeyId: platformKey.platformKeyId });
    recorder = await startRecorder(emulator.baseUrl);
  });
  beforeEach(() => emulator.control.reset());
  afterAll(async () => {
    await recorder.close();
    await emulator.close();
    vi.unstubAllEnvs();
  });

  const record = (peer: Peer, kind: UploadKind = "image", how = {}): Promise<Outcome> => {
    const upload = { origin: recorder.origin, platformKey, kind, file: exampleFiles[kind] };
    return recorder.record(() => peer.upload(upload), how);
  };

  describe.each(working)("$name", (peer) => {
    it.each(isFirst ? kinds : kinds.slice(0, 1))("uploads: %s", async (kind) => {
      const { exchange, media, error } = await record(peer, kind);
      expect(error).toBeUndefined();
      expect(exchange.status).toBe(200);
      const [stored] = emulator.control.payMedia;
      const { meta, bytes } = await readUpload(exampleFiles[kind]);
      expect(stored).toMatchObject({ ...meta, size: bytes.length, path: uploadPaths[kind] });
      expect(media).toBe(kind === "marketing picture" ? stored?.media_url : stored?.media_id);
    });

    it.each(isFirst ? kinds : [])(
      "is refused when one bit of meta is flipped: %s",
      async (kind) => {
        const { exchange, media, error } = await record(peer, kind, { flip: true });
        expect(exchange).toMatchObject({ status: 401, code: "SIGN_ERROR" });
        expect(media).toBeUndefined();
        expect(error).toBeInstanceOf(Error);
        expect(emulator.control.payMedia).toEqual([]);
      },
    );

    it(`${peer.verifies ? "refuses" : "cannot tell"} a reply changed on its way`, async () => {
      emulator.control.faults.add({ kind: "tampered" });
      const { exchange, media } = await record(peer);
      expect(exchange.status).toBe(200);
      expect(media !== undefined).toBe(!peer.verifies);
    });

    if (!isFirst) return;
    it("sends the same bytes of meta and file as wechat-edge", async () => {
      const theirs = readForm((await record(peer)).exchange);
      const ours = readForm((await record(wechatEdge)).exchange);
      const { meta, bytes } = await readUpload(exampleFiles.image);
      expect(JSON.parse(partOf(theirs, "meta").body.toString())).toEqual(meta);
      expect(partOf(theirs, "meta").body.equals(partOf(ours, "meta").body)).toBe(true);
      expect(partOf(theirs, "file").body.equals(partOf(ours, "file").body)).toBe(true);
      expect(partOf(theirs, "file").body.equals(bytes)).toBe(true);
    });
  });

  it.each(isFirst ? refused : [])("refuses $name", async (peer) => {
    const { exchange, error } = await record(peer);
    const { status, code } = { code: undefined, ...peer.refused };
    expect(exchange).toMatchObject({ status });
    expect(exchange.code).toBe(code);
    expect(error).toBeInstanceOf(Error);
    expect(emulator.control.payMedia).toEqual([]);
  });
});

describe("styles that cannot work", () => {
  const byName = (name: string): Peer => {
    const peer = refused.find((candidate) => candidate.name.endsWith(name));
    if (peer === undefined) throw new Error(`There is no refused peer ${name}.`);
    return peer;
  };
  const [platformKey = { platformKeyId: "", key: "" }] = credentials.pay.platformKeys;

  const send = async (peer: Peer): Promise<Outcome> => {
    const emulator = await startEmulator({ port: 0, replyKeyId: platformKey.platformKeyId });
    const recorder = await startRecorder(emulator.baseUrl);
    const { origin } = recorder;
    const upload = { origin, platformKey, kind: "image", file: exampleFiles.image } as const;
    try {
      return await recorder.record(() => peer.upload(upload));
    } finally {
      await recorder.close();
      await emulator.close();
    }
  };

  it("Multipart as it is goes out chunked, and its file has no name", async () => {
    const { exchange } = await send(byName("Multipart as it is"));
    expect(headerOf(exchange, "transfer-encoding")).toBe("chunked");
    expect(partOf(readForm(exchange), "file").lines.join()).not.toContain("filename");
    expect(exchange).toMatchObject({ status: 400, code: "PARAM_ERROR" });
  });

  it("a Blob makes meta a file", async () => {
    const { exchange } = await send(byName("meta as a Blob"));
    expect(partOf(readForm(exchange), "meta").lines[0]).toContain('filename="blob"');
  });
});
