// What is given in a client's place, and what a client shows.

import { describe, expect, it } from "vitest";
import { failure, mpInProcess } from "../../../../test/support/mp.ts";
import { callOperation, mpOperations, payOperations } from "../../../../test/support/operations.ts";
import { payInProcess } from "../../../../test/support/pay.ts";

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
