// What is given in a client's place, and what a client shows.

import { createMpClient, createPayClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { everythingIn, failure, mpInProcess } from "../support/mp.ts";
import { callOperation, mpOperations, payOperations } from "../support/operations.ts";
import { payInProcess } from "../support/pay.ts";

const MAKERS = { pay: "createPayClient", mp: "createMpClient" } as const;

for (const [half, operations] of [
  ["pay", payOperations],
  ["mp", mpOperations],
] as const) {
  const own = MAKERS[half];
  const other = half === "pay" ? "createMpClient" : "createPayClient";
  describe(`a client that is not from ${own}`, () => {
    for (const [name, operation] of Object.entries(operations)) {
      it(`is refused by ${name}, whatever it is`, async () => {
        const { pay } = payInProcess();
        const { mp } = mpInProcess();
        const of = (client: unknown): Promise<Error> => failure(callOperation(operation, client));
        const wrong = await of(half === "pay" ? mp : pay);
        expect(wrong).toBeInstanceOf(TypeError);
        expect(wrong.message).toBe(
          `The first argument must be a client from ${own}; it is one from ${other}.`,
        );
        const misuse: readonly (readonly [unknown, RegExp])[] = [
          [undefined, /not undefined/],
          [null, /not null/],
          [half === "pay" ? { ...pay } : { ...mp }, /not an object.*copy of a client/],
          ["wx26e3b4a1c0d9f857", /not a string of 18 characters/],
          [Promise.resolve(), /not a Promise: await it first/],
        ];
        for (const [given, text] of misuse) {
          const error = await of(given);
          expect(error).toBeInstanceOf(TypeError);
          expect(error.message).toMatch(text);
          expect(error.message).toContain(own);
        }
      });
    }
  });
}

describe("a client", () => {
  it("shows what is its caller's, and neither keys nor tokens", async () => {
    const pay = createPayClient(credentials.pay);
    const mp = createMpClient(credentials.mp);
    // What a copy or a printer takes along: symbols, too, if they are enumerable.
    expect(Reflect.ownKeys({ ...pay })).toEqual([
      "mchid",
      "brandId",
      "serialNo",
      "region",
      "baseUrl",
      "sign",
      "verify",
    ]);
    expect(Reflect.ownKeys({ ...mp })).toEqual(["appid", "baseUrl", "fileBaseUrl"]);
    const shown = `${JSON.stringify([pay, mp])} ${everythingIn({ ...pay })} ${everythingIn({ ...mp })}`;
    for (const secret of [credentials.mp.secret, credentials.pay.apiV3Key, "PRIVATE KEY"]) {
      expect(shown).not.toContain(secret);
    }
  });
});
