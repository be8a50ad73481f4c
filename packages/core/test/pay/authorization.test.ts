// The option nonce: what it returns enters a header and the string that is signed.

import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { createPayClient, payRequest } from "../../src/index.ts";

const empty = new Uint8Array(0);
const request = { method: "GET", path: "/v3/x", body: empty };

function client(nonce: () => unknown, sent: string[] = []) {
  const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
  return createPayClient({
    ...{ mchid, serialNo, privateKey, platformKeys },
    nonce: nonce as () => string,
    fetch: async (url) => {
      sent.push(url);
      return new Response(null, { status: 404 });
    },
  });
}

describe("the option nonce", () => {
  it.each([
    "",
    "a".repeat(33),
    "a-b",
    "a_b",
    "a b",
    "a\n",
    "\na",
    "a\r\nX-Evil: 1",
    'a"',
    "ä",
    "\u0000",
    7,
    null,
    undefined,
    ["a"],
    {},
  ])("may not return %j", async (value) => {
    const sent: string[] = [];
    const pay = client(() => value, sent);
    const message = expect.stringMatching(/^nonce must return 1 to 32 letters and digits, not /);
    expect(await failure(pay.sign(request))).toMatchObject({ name: "TypeError", message });
    const call = payRequest(pay, { method: "GET", path: "/v3/x" });
    expect(await failure(call)).toMatchObject({ name: "TypeError", message });
    expect(sent).toEqual([]);
  });

  it.each(["a", "0", "Z", "a".repeat(32), "aZ09"])(
    "may return %s, which is signed and sent",
    async (value) => {
      const { authorization, message } = await client(() => value).sign(request);
      expect(authorization).toContain(`,nonce_str="${value}",`);
      expect(new TextDecoder().decode(message).split("\n")[3]).toBe(value);
    },
  );

  it("is asked for each signature; without it each has another nonce", async () => {
    let count = 0;
    const pay = client(() => `n${count++}`);
    for (const at of [0, 1, 2]) {
      expect((await pay.sign(request)).authorization).toContain(`nonce_str="n${at}"`);
    }
    const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
    const plain = createPayClient({ mchid, serialNo, privateKey, platformKeys });
    const nonces = new Set<string | undefined>();
    for (let i = 0; i < 20; i++) {
      const { authorization } = await plain.sign(request);
      nonces.add(/nonce_str="([\da-f]{32})"/.exec(authorization)?.[1]);
    }
    expect([nonces.size, nonces.has(undefined)]).toEqual([20, false]);
  });
});
