// A runtime whose features throw when they are looked at, called or constructed: they are not there.

import { digest } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { uploadImage } from "@wechat-edge/pay-media";
import { afterEach, describe, expect, it } from "vitest";
import { media } from "../support/media.ts";
import { payInProcess } from "../support/pay.ts";

// A declaration, so that `new` calls it too.
function refuse(): never {
  throw new Error("A Node.js API is used which is not supported in the Edge Runtime.");
}
/** Throws whatever is asked of it: a property, a call, a construction. */
const untouchable: object = new Proxy(refuse, {
  get: refuse,
  has: refuse,
  apply: refuse,
  construct: refuse,
  getOwnPropertyDescriptor: refuse,
});
const throwing = (name: string): object => Object.defineProperty({}, name, { get: refuse });

/** What a global, or a property of crypto, becomes; `get: refuse` throws at the first look. */
const runtimes: Readonly<
  Record<string, readonly [name: string, property: PropertyDescriptor, of?: object]>
> = {
  "process.getBuiltinModule throws when called, as in Next.js": [
    "process",
    { value: { env: {}, getBuiltinModule: refuse } },
  ],
  "process.getBuiltinModule throws when looked at": [
    "process",
    { value: throwing("getBuiltinModule") },
  ],
  "process.getBuiltinModule hands out a module that throws": [
    "process",
    { value: { getBuiltinModule: () => untouchable } },
  ],
  "process throws at every property": ["process", { value: untouchable }],
  "process throws when looked at": ["process", { get: refuse }],
  "there is no process": ["process", { value: undefined }],
  "crypto.DigestStream throws when looked at": ["DigestStream", { get: refuse }, crypto],
  "crypto.DigestStream throws when constructed": ["DigestStream", { value: untouchable }, crypto],
  "FixedLengthStream throws when looked at": ["FixedLengthStream", { get: refuse }],
  "FixedLengthStream throws when constructed": ["FixedLengthStream", { value: untouchable }],
  "Worker throws when looked at": ["Worker", { get: refuse }],
};

const restored: (() => void)[] = [];
afterEach(() => {
  for (const restore of restored.splice(0)) restore();
});

function change(name: string, property: PropertyDescriptor, of: object = globalThis): void {
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

describe("where there is no crypto.subtle, as in a page over http", () => {
  for (const [how, property] of Object.entries<PropertyDescriptor>({
    undefined: { value: undefined },
    "throwing when looked at": { get: refuse },
  })) {
    it(`the error says so, and does not blame the key (${how})`, async () => {
      const picture = await media("licence.jpg");
      const { pay, emulator } = payInProcess();
      change("subtle", property, crypto);
      await expect(uploadImage(pay, picture)).rejects.toThrow(
        "This runtime has no WebCrypto (crypto.subtle). A page has it only over https and on localhost.",
      );
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});
