// A runtime whose features throw when they are looked at, called or constructed: they are not there.

import { digest } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { uploadImage } from "@wechat-edge/pay-media";
import { afterEach, describe, expect, it } from "vitest";
import { media } from "./media.ts";
import { payInProcess } from "./pay.ts";

// A declaration, so that `new` calls it too.
export function refuse(): never {
  throw new Error("A Node.js API is used which is not supported in the Edge Runtime.");
}
/** Throws whatever is asked of it: a property, a call, a construction. */
export const untouchable: object = new Proxy(refuse, {
  get: refuse,
  has: refuse,
  apply: refuse,
  construct: refuse,
  getOwnPropertyDescriptor: refuse,
});

/** What a global, or a property of crypto, becomes; `get: refuse` throws at the first look. */
export type MissingFeature = readonly [name: string, property: PropertyDescriptor, of?: object];

const restored: (() => void)[] = [];

/** Until the end of the test, in a file that calls describeWithout. */
export function change(name: string, property: PropertyDescriptor, of: object = globalThis): void {
  const before = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { ...property, configurable: true });
  restored.push(() => {
    if (before === undefined) Reflect.deleteProperty(of, name);
    else Object.defineProperty(of, name, before);
  });
}

const abc = new TextEncoder().encode("abc");
const sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/** Tests that hash and upload in each of these runtimes. */
export function describeWithout(runtimes: Readonly<Record<string, MissingFeature>>): void {
  afterEach(() => {
    for (const restore of restored.splice(0)) restore();
  });
  describe.each(Object.entries(runtimes))("where %s", (_, [name, property, of]) => {
    it("hashes", async () => {
      change(name, property, of);
      expect(await digest(abc, "SHA-1")).toBe(sha1);
      expect(await digest(abc, "SHA-256")).toBe(sha256);
      expect(await digestInWorker(new Blob([abc]), "SHA-1")).toBe(sha1);
    });

    it("uploads a file and a stream", async () => {
      const picture = await media("licence.jpg");
      const hex = await digest(picture, "SHA-256");
      const { pay } = payInProcess();
      change(name, property, of);
      expect((await uploadImage(pay, picture)).media_id.length).toBe(107);
      const stream = {
        name: picture.name,
        size: picture.size,
        sha256: hex,
        stream: picture.stream(),
      };
      expect((await uploadImage(pay, stream)).media_id.length).toBe(107);
    });
  });
}
