import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { emulatorOf } from "../../../src/emulator.ts";
import { createBlocks } from "../../../src/mp/video/blocks.ts";
import { createSha1 } from "../../../src/mp/video/sha1.ts";
import { mpClient } from "../mp-client.ts";
import { MIB, sha1, videoBytes, videoClient } from "./video-client.ts";

describe("the SHA-1 of the emulator", () => {
  it.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000, 4096])(
    "of %i bytes in pieces is that of OpenSSL",
    (size) => {
      const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7 + size) & 255);
      for (const piece of [1, 37, 64, 5000]) {
        const hash = createSha1();
        for (let at = 0; at < size; at += piece) hash.update(bytes.subarray(at, at + piece));
        expect(hash.hex()).toBe(sha1(bytes));
      }
    },
  );
});

const block = (number: number, size = 1000): Buffer => videoBytes(size, number);
const whole = (...numbers: number[]): string =>
  sha1(Buffer.concat(numbers.map((number) => block(number))));
const put = (blocks: ReturnType<typeof createBlocks>, number: number, bytes = block(number)) =>
  blocks.put(number, bytes, sha1(bytes));

describe.each([true, false])("blocks, kept: %s", (keep) => {
  it("are hashed in their order, whatever that of their arrival", () => {
    const blocks = createBlocks(keep);
    for (const number of [4, 2, 3, 1, 5]) expect(put(blocks, number)).toBe(false);
    expect(blocks.sha1()).toBe(whole(1, 2, 3, 4, 5));
    expect([blocks.size(), blocks.firstMissing()]).toEqual([5000, 6]);
  });

  it("may come again, with the same bytes at any time", () => {
    const blocks = createBlocks(keep);
    for (const number of [1, 1, 3, 3, 2, 1, 3]) put(blocks, number);
    expect(blocks.list().map(({ timesReceived }) => timesReceived)).toEqual([3, 1, 3]);
    expect(blocks.sha1()).toBe(whole(1, 2, 3));
  });

  it("may be replaced while they wait for one before them", () => {
    const blocks = createBlocks(keep);
    put(blocks, 2, block(9, 700));
    put(blocks, 2);
    put(blocks, 1);
    expect(blocks.size()).toBe(2000);
    expect(blocks.sha1()).toBe(whole(1, 2));
  });

  it("tell no digest of the whole once they are let go of", () => {
    const blocks = createBlocks(keep);
    put(blocks, 1);
    blocks.release();
    expect(blocks.sha1()).toBeUndefined();
    expect(blocks.list()).toHaveLength(1);
  });
});

describe("the digest of the whole", () => {
  /** As Node's, whose digest can be taken once. */
  const once = () => {
    const hash = createSha1();
    let taken = false;
    return {
      update: (bytes: Uint8Array) => hash.update(bytes),
      hex() {
        if (taken) throw new Error("taken");
        taken = true;
        return hash.hex();
      },
    };
  };

  it("can be asked for again, and follows what comes then", () => {
    const blocks = createBlocks(true, once);
    put(blocks, 1);
    expect([blocks.sha1(), blocks.sha1()]).toEqual([whole(1), whole(1)]);
    put(blocks, 1);
    expect(blocks.sha1()).toBe(whole(1));
    put(blocks, 2);
    expect(blocks.sha1()).toBe(whole(1, 2));
    put(blocks, 1, block(9));
    expect(blocks.sha1()).toBe(whole(9, 2));
  });
});

describe("blocks that are not kept", () => {
  it("tell no digest of the whole when one that was hashed is replaced", () => {
    const blocks = createBlocks(false);
    for (const number of [1, 2]) put(blocks, number);
    put(blocks, 1, block(9));
    put(blocks, 3);
    expect(blocks.sha1()).toBeUndefined();
    const kept = createBlocks(true);
    for (const number of [9, 2]) put(kept, number === 9 ? 1 : number, block(number));
    put(kept, 1);
    put(kept, 3);
    expect(kept.sha1()).toBe(whole(1, 2, 3));
  });

  it("wait for the first within 64 MiB, and no longer", () => {
    const bytes = videoBytes(MIB);
    const digest = sha1(bytes);
    const upload = (waiting: number) => {
      const blocks = createBlocks(false);
      for (let number = waiting + 1; number >= 1; number--) blocks.put(number, bytes, digest);
      return blocks.sha1();
    };
    expect(upload(64)).toBe(sha1(Buffer.concat(Array.from({ length: 65 }, () => bytes))));
    expect(upload(65)).toBeUndefined();
  });
});

describe("storage digests", () => {
  it("hashes with what it is given, block by block and the whole", async () => {
    let made = 0;
    const counted = () => {
      made += 1;
      return createSha1();
    };
    const { fetch, control } = emulatorOf(createApp({ storage: "digests" }, { newSha1: counted }));
    const video = videoClient(mpClient(fetch));
    const bytes = videoBytes(MIB + 1);
    const vid = await video.upload(bytes);
    expect(control.videos.list()[0]).toMatchObject({ vid, receivedSha1: sha1(bytes) });
    expect(made).toBe(3);
  });
});
