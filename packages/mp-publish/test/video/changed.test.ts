// Files that are not the same from one read to the next, and blocks that do not arrive as they were sent.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  details,
  expectWhole,
  MIB,
  readable,
  sha1Of,
  timesOf,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";

const bytes = videoBytes(2 * MIB + 7);
/** Reads before the second pass: the head, and three blocks. */
const FIRST_PASS = 4;

describe("a file that changes is a MediaError", () => {
  for (const concurrency of [1, 3]) {
    it(`in its content, between the passes, ${concurrency} blocks at a time`, async () => {
      const { mp, keep, calls, videos, last } = videoInProcess();
      const changed = bytes.slice();
      changed[MIB] = (changed[MIB] ?? 0) ^ 1;
      const file = readable(bytes, (start, end) =>
        (file.reads.length > FIRST_PASS ? changed : bytes).slice(start, end),
      );
      const error = await failure(uploadVideoMaterial(mp, details, file, { concurrency, ...keep }));
      expect(error).toMatchObject({
        name: "MediaError",
        code: "ERR_MEDIA",
        reason: "changed",
        expected: expect.stringMatching(/^SHA-1 [\da-f]{40}$/),
        actual: expect.stringMatching(/^SHA-1 [\da-f]{40}$/),
      });
      expect(error.message).toContain("block 2");
      expect(calls()).not.toContain("block 2");
      expect(calls()).not.toContain("finish");
      expect(videos()).toMatchObject([{ finished: false }]);
      expect(last().acked).toEqual(last().acked.length === 0 ? [] : [[1, 1]]);
    });
  }

  for (const [pass, read] of [
    ["first", 2],
    ["second", FIRST_PASS + 2],
  ] as const) {
    it(`in its size, in the ${pass} pass`, async () => {
      const { mp, calls } = videoInProcess();
      const file: ReturnType<typeof readable> & { size: number } = readable(bytes, (start, end) => {
        if (file.reads.length === read) file.size += 1;
        return bytes.slice(start, end);
      });
      await expect(uploadVideoMaterial(mp, details, file)).rejects.toMatchObject({
        code: "ERR_MEDIA",
        reason: "changed",
      });
      expect(calls()).toEqual(pass === "first" ? [] : ["token", "init", "block 1"]);
    });

    it(`where it returns fewer bytes than asked for, in the ${pass} pass`, async () => {
      const { mp, calls } = videoInProcess();
      const file = readable(bytes, (start, end) =>
        bytes.slice(start, file.reads.length === read ? end - 1 : end),
      );
      await expect(uploadVideoMaterial(mp, details, file)).rejects.toMatchObject({
        code: "ERR_MEDIA",
        reason: "changed",
        expected: `${MIB} bytes`,
        actual: `${MIB - 1} bytes`,
      });
      expect(calls()).toEqual(pass === "first" ? [] : ["token", "init", "block 1"]);
    });

    it(`but what a reader throws goes through as it is, in the ${pass} pass`, async () => {
      const gone = new Error("the disk is gone");
      const { mp, calls } = videoInProcess();
      const file = readable(bytes, (start, end) => {
        if (file.reads.length === read) throw gone;
        return bytes.slice(start, end);
      });
      await expect(uploadVideoMaterial(mp, details, file)).rejects.toBe(gone);
      expect(calls()).toEqual(pass === "first" ? [] : ["token", "init", "block 1"]);
    });
  }

  it("where its digest was vouched for, once WeChat has compared it", async () => {
    const { mp, videos } = videoInProcess();
    const sha1 = await sha1Of(bytes);
    const other = new File([videoBytes(bytes.length, 2)], "film.mp4");
    const error = await failure(uploadVideoMaterial(mp, details, other, { sha1 }));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 100203 });
    expect(videos()).toMatchObject([{ mediaIds: [] }]);
  });
});

describe("a reader that uses its array again for the next read", () => {
  for (const concurrency of [1, 3]) {
    for (const isVouched of [false, true]) {
      it(`${concurrency} blocks at a time, ${isVouched ? "one pass" : "two passes"}`, async () => {
        const { mp, videos } = videoInProcess();
        const own = new Uint8Array(MIB);
        const file = readable(bytes, async (start, end) => {
          own.fill(0xee);
          await Promise.resolve();
          own.set(bytes.subarray(start, end));
          return own.subarray(0, end - start);
        });
        const sha1 = isVouched ? await sha1Of(bytes) : undefined;
        await uploadVideoMaterial(mp, details, file, { concurrency, sha1 });
        await expectWhole(videos(), bytes);
      });
    }
  }
});

describe("a block that does not arrive as it was sent", () => {
  /** Every first block 2 goes through this. */
  function tampered(
    change: (
      send: (url: string, body: Uint8Array<ArrayBuffer>) => Promise<Response>,
      url: string,
      body: Uint8Array<ArrayBuffer>,
    ) => Promise<Response>,
  ) {
    let isChanged = false;
    const upload = videoInProcess({
      async fetch(input, init) {
        const url = input;
        if (isChanged || !url.includes("part_num=2")) return upload.emulator.fetch(input, init);
        isChanged = true;
        const body = new Uint8Array(await new Response(init?.body ?? null).arrayBuffer());
        const send = (address: string, content: Uint8Array<ArrayBuffer>) =>
          upload.emulator.fetch(address, { ...init, body: content });
        return change(send, url, body);
      },
    });
    return upload;
  }
  const file = new File([bytes], "film.mp4");

  it("is missed at the finish where it was lost, and nothing is saved", async () => {
    const { mp, videos, keep, last } = tampered(async () => new Response('{"ret":0}'));
    const error = await failure(uploadVideoMaterial(mp, details, file, keep));
    expect(error).toMatchObject({
      code: "ERR_MP_API",
      errcode: 100201,
      errmsg: "block missing: 2",
      message: expect.stringMatching(/upload the file again without the checkpoint\.$/),
    });
    expect(last().phase).toBe("finish");
    expect(videos()).toMatchObject([{ finished: false, mediaIds: [] }]);
  });

  it("may come twice", async () => {
    const { mp, videos } = tampered(async (send, url, body) => {
      await send(url, body);
      return send(url, body);
    });
    await uploadVideoMaterial(mp, details, file);
    await expectWhole(videos(), bytes);
    expect(timesOf(videos()[0])).toEqual([1, 2, 1]);
  });

  it("may come under its number after another of that number", async () => {
    const { mp, videos } = tampered(async (send, url, body) => {
      const other = new Uint8Array(MIB);
      const sha = /part_sha=[0-9a-f]{40}/;
      await send(url.replace(sha, `part_sha=${await sha1Of(other)}`), other);
      return send(url, body);
    });
    await uploadVideoMaterial(mp, details, file);
    await expectWhole(videos(), bytes);
  });

  it("is refused where it came under the number of another", async () => {
    const { mp, videos } = tampered(async (send, url, body) => {
      await send(url, body);
      return send(url.replace("part_num=2", "part_num=1"), body);
    });
    const error = await failure(uploadVideoMaterial(mp, details, file));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 100203 });
    expect(videos()).toMatchObject([{ mediaIds: [] }]);
  });

  const damages: Readonly<
    Record<
      string,
      [errcode: number, damage: (body: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]
    >
  > = {
    "1 byte short": [100108, (body) => body.slice(0, -1)],
    "1 byte long": [100107, (body) => new Uint8Array([...body, 0])],
    empty: [100106, () => new Uint8Array(0)],
    "with one bit another": [
      100109,
      (body) => {
        const other = body.slice();
        other[500_000] = (other[500_000] ?? 0) ^ 8;
        return other;
      },
    ],
  };
  for (const [what, [errcode, damage]] of Object.entries(damages)) {
    it(`is refused: ${what}; a later run sends it again`, async () => {
      const { mp, videos, keep, last, calls } = tampered((send, url, body) =>
        send(url, damage(body)),
      );
      const error = await failure(uploadVideoMaterial(mp, details, file, keep));
      expect(error).toMatchObject({ code: "ERR_MP_API", errcode });
      expect(calls()).toEqual(["token", "init", "block 1", "block 2"]);
      const before = calls().length;
      await uploadVideoMaterial(mp, details, file, { checkpoint: last(), ...keep });
      expect(calls().slice(before)).toEqual(["block 2", "block 3", "finish", "save"]);
      await expectWhole(videos(), bytes);
    });
  }
});
