// What a client is made of, where it is something else: told in words that name the option and what was given.

import { createMpClient, createPayClient, mpRequest, payRequest } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { expectWords, notGiven, revoked, valuesBut } from "../../support/misuse.ts";
import { failure } from "../../support/mp.ts";

const { mchid, serialNo, privateKey, platformKeys, apiV3Key } = credentials.pay;
const PAY = { mchid, serialNo, privateKey, platformKeys, apiV3Key };

describe("a client", () => {
  it("works behind a Proxy that wraps all that it holds, as Vue's reactive does", async () => {
    const reactive = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(of, key, receiver) {
          const value: unknown = Reflect.get(of, key, receiver);
          const wraps = typeof value === "object" && value !== null && Object.isExtensible(value);
          return wraps ? reactive(value) : value;
        },
      });
    const { fetch } = createEmulator();
    const mp = reactive(createMpClient({ ...credentials.mp, fetch }));
    const path = "/cgi-bin/material/get_materialcount";
    expect(await mpRequest(mp, { method: "GET", path })).toHaveProperty("image_count");
    const pay = reactive(createPayClient({ ...PAY, fetch }));
    expect(await payRequest(pay, { method: "GET", path: "/v3/certificates" })).toHaveProperty(
      "data",
    );
  });

  it("is asked for where it is an object that throws at every look", async () => {
    const client = revoked() as never;
    for (const call of [
      () => mpRequest(client, { method: "GET", path: "/cgi-bin/a" }),
      () => payRequest(client, { method: "GET", path: "/v3/a" }),
    ]) {
      expect((await failure(call())).message).toMatch(
        /must be a client from create\w+, not an object that cannot be read\./,
      );
    }
  });
});

describe("a callback that returns something else", () => {
  it("nonce: is told so, also where it would make a string", async () => {
    for (const [value, named] of [...valuesBut(), notGiven, ["a b", /not "a b"/] as const]) {
      const pay = createPayClient({
        ...PAY,
        nonce: () => value,
      } as never);
      const body = new Uint8Array(0);
      const error = await pay.sign({ method: "GET", path: "/v3/a", body }).then(
        () => expect.fail("it was accepted"),
        (reason: Error) => reason,
      );
      expectWords(error, "nonce must return 1 to 32 letters and digits", named);
    }
  });
});
