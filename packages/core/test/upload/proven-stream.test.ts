// WeChat never has the whole of a stream whose length or digest is wrong: its last bytes leave after they are proved.

import { createMpClient, createPayClient, type Fetch } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestBytes } from "../../src/hash/digest.ts";
import { type StreamInput, takeStream } from "../../src/upload/stream-input.ts";

const file = new Uint8Array(9000).map((_, index) => index % 251);
file.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]);

/** The file in chunks of these lengths; the last is the rest. */
function chunked(lengths: readonly number[], bytes = file): ReadableStream<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return new ReadableStream({
    pull(controller) {
      const next = chunks.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
}

const CHUNKS: Readonly<Record<string, readonly number[]>> = {
  "of one chunk": [9000],
  "of many": Array.from({ length: 90 }, () => 100),
  "with a last one of one byte": [8999, 1],
  "with a last one of no bytes": [9000, 0],
  "with several of no bytes": [0, 5000, 0, 0, 4000, 0, 0],
};
const WRONG: Readonly<Record<string, object>> = {
  "of another digest": { sha256: "0".repeat(64) },
  "shorter than it says": { size: 9001 },
  "longer than it says": { size: 8999 },
};

describe("the chunks of a stream", () => {
  for (const [how, lengths] of Object.entries(CHUNKS)) {
    it(`${how}: all come where length and digest are right`, async () => {
      const sha256 = await digestBytes(file, "SHA-256");
      for (const head of [0, 1, 4096, 9000]) {
        const input = { size: file.length, sha256, stream: chunked(lengths) } as StreamInput;
        const taken = takeStream(input);
        await taken.read(0, head);
        const got: number[] = [];
        await taken.passOn(async (chunk) => void got.push(...chunk));
        expect(Uint8Array.from(got)).toEqual(file);
      }
    });

    for (const [what, wrong] of Object.entries(WRONG)) {
      it(`${how}: the last bytes do not come where it is ${what}`, async () => {
        const sha256 = await digestBytes(file, "SHA-256");
        for (const head of [0, 1, 4096, 8999]) {
          const stream = chunked(lengths);
          const input = { size: file.length, sha256, stream, ...wrong } as StreamInput;
          const taken = takeStream(input);
          await taken.read(0, head);
          let got = 0;
          const all = taken.passOn(async (chunk) => {
            got += chunk.byteLength;
          });
          await expect(all).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
          expect(got).toBeLessThan(file.length);
          if (lengths.length === 1) expect(got).toBe(0);
        }
      });
    }
  }

  it("of a stream that breaks off at its end do not all come", async () => {
    const broken = new Error("broken");
    const left = [file.slice(0, 8000), file.slice(8000)];
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const next = left.shift();
          if (next === undefined) controller.error(broken);
          else controller.enqueue(next);
        },
      },
      { highWaterMark: 0 },
    );
    let got = 0;
    const all = takeStream({ size: 9000, stream }).passOn(async (chunk) => {
      got += chunk.byteLength;
    });
    await expect(all).rejects.toBe(broken);
    expect(got).toBe(8000);
  });
});

describe("where a body is sent while it comes, as in Workers", () => {
  const global = globalThis as { FixedLengthStream?: unknown };
  beforeEach(() => {
    global.FixedLengthStream = class extends TransformStream {};
  });
  afterEach(() => {
    delete global.FixedLengthStream;
  });

  /** What arrived, and whether the body ended as one that is whole. */
  function server() {
    const arrived = { bytes: new Uint8Array(0), ended: false };
    const fetch: Fetch = async (url, { body }) => {
      if (url.includes("stable_token")) {
        return Response.json({ access_token: "t", expires_in: 7200 });
      }
      const reader = (body as ReadableStream<Uint8Array>).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        arrived.bytes = Uint8Array.from([...arrived.bytes, ...value]);
      }
      arrived.ended = true;
      return Response.json({ media_id: "m", type: "image", created_at: 1 });
    };
    return { arrived, fetch };
  }

  const uploads = {
    "to WeChat Pay": (fetch: Fetch, input: StreamInput) => {
      const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
      const pay = createPayClient({ mchid, serialNo, privateKey, platformKeys, fetch });
      return uploadImage(pay, { ...input, sha256: input.sha256 ?? "" });
    },
    "to an Official Account": (fetch: Fetch, input: StreamInput) =>
      uploadMedia(createMpClient({ ...credentials.mp, fetch }), { type: "image" }, input),
  };
  for (const [where, upload] of Object.entries(uploads)) {
    for (const [what, wrong] of Object.entries(WRONG)) {
      for (const [how, lengths] of Object.entries(CHUNKS)) {
        it(`an upload ${where} ${how}, ${what}, never arrives whole`, async () => {
          const { arrived, fetch } = server();
          const sha256 = await digestBytes(file, "SHA-256");
          const stream = chunked(lengths);
          const input = { name: "a.jpg", size: file.length, sha256, stream, ...wrong };
          await expect(upload(fetch, input)).rejects.toMatchObject({ reason: "changed" });
          expect(arrived.ended).toBe(false);
          const last = Buffer.from(file.slice(-20));
          expect(Buffer.from(arrived.bytes).includes(last)).toBe(false);
        });
      }
    }
  }
});
