// A reply of WeChat Pay that somebody sends again: to requests of our own, its nonce counts once.

import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import {
  listEntry,
  makeCertificate,
  SERIAL,
  signedReply,
} from "../../../../test/support/certificate.ts";
import { failure } from "../../../../test/support/mp.ts";
import { createPayClient, type PayClientOptions, payRequest } from "../../src/index.ts";
import { createNonces } from "../../src/pay/nonces.ts";
import { NOW } from "./keys/wechat-pay.ts";

const GET = { method: "GET", path: "/v3/x" };

/** A client to which WeChat Pay answers what it is told to, in turn; the last answer goes on. */
async function answered(
  replies: readonly (() => Response | Promise<Response>)[],
  options: Partial<PayClientOptions> = {},
) {
  const { mchid, serialNo, privateKey } = credentials.pay;
  let at = 0;
  return createPayClient({
    ...{ mchid, serialNo, privateKey, now: () => NOW, sleep: async () => undefined },
    platformKeys: [{ platformKeyId: SERIAL, key: await makeCertificate(NOW) }],
    fetch: async () => (replies[at++] ?? replies.at(-1) ?? (() => Response.error()))(),
    ...options,
  });
}

/** One reply, as often as it is wanted. */
async function recorded(body = '{"media_id":"A"}', nonce?: string): Promise<() => Response> {
  const reply = await signedReply(NOW, body, nonce === undefined ? {} : { nonce });
  const text = await reply.text();
  return () => new Response(text, { headers: reply.headers });
}

describe("a reply that came before", () => {
  it("is refused, whatever was asked, and not asked for again", async () => {
    let sent = 0;
    const reply = await recorded();
    const pay = await answered([
      () => {
        sent += 1;
        return reply();
      },
    ]);
    expect(await payRequest(pay, GET)).toMatchObject({ media_id: "A" });
    for (const request of [
      GET,
      { ...GET, path: "/v3/y" },
      { method: "POST", path: "/v3/z", body: {} },
    ]) {
      expect(await failure(payRequest(pay, request))).toMatchObject({
        code: "ERR_SIGNATURE",
        reason: "replayed",
        retryable: false,
        platformKeyId: SERIAL,
      });
    }
    expect(sent).toBe(4);
  });

  it("leaves open whether a call that must not be done twice was done", async () => {
    const pay = await answered([await recorded()]);
    await payRequest(pay, GET);
    const call = payRequest(pay, { method: "POST", path: "/v3/z", body: {} });
    expect(await failure(call)).toMatchObject({
      message: expect.stringMatching(/may have carried out the request/),
    });
  });

  it("is refused for one of two calls at the same time", async () => {
    const pay = await answered([await recorded()]);
    const ends = await Promise.allSettled([1, 2, 3, 4].map(() => payRequest(pay, GET)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is known by its nonce, with another body too", async () => {
    const pay = await answered([await recorded("{}", "same"), await recorded('{"a":1}', "same")]);
    await payRequest(pay, GET);
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "replayed" });
  });

  it("of the list of certificates is refused for another request", async () => {
    const entries = [await listEntry(await makeCertificate(NOW))];
    const list = await recorded(JSON.stringify({ data: entries }));
    const { apiV3Key } = credentials.pay;
    const pay = await answered([list], { apiV3Key, platformKeys: undefined });
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "replayed" });
  });

  it("is no news where it was not valid: a forger uses up nobody's nonce", async () => {
    const genuine = await recorded('{"media_id":"A"}', "same");
    const forged = () => new Response('{"media_id":"B"}', { headers: genuine().headers });
    const pay = await answered([forged, genuine]);
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "mismatch" });
    expect(await payRequest(pay, GET)).toMatchObject({ media_id: "A" });
  });

  it("is taken by verify as often as it is asked, before and after", async () => {
    const reply = await recorded();
    const pay = await answered([reply]);
    const verify = async () => {
      const { status, headers } = reply();
      const body = new Uint8Array(await reply().arrayBuffer());
      return pay.verify({ status, headers, body });
    };
    await verify();
    await verify();
    await payRequest(pay, GET);
    await verify();
    expect(await failure(payRequest(pay, GET))).toMatchObject({ reason: "replayed" });
  });

  it("is taken by another client: the memory is this one's", async () => {
    const reply = await recorded();
    for (let i = 0; i < 2; i++) {
      expect(await payRequest(await answered([reply]), GET)).toMatchObject({ media_id: "A" });
    }
  });
});

describe("createNonces", () => {
  it("takes each once, and remembers the last ten thousand", () => {
    const take = createNonces();
    for (let i = 0; i < 10_000; i++) expect(take(`n${i}`)).toBe(true);
    expect(take("n0")).toBe(false);
    expect(take("n9999")).toBe(false);
    expect(take("n10000")).toBe(true);
    expect(take("n1")).toBe(false);
    expect(take("n0")).toBe(true);
    expect(take("n2")).toBe(false);
    expect(take("n1")).toBe(true);
  });

  it("takes any text", () => {
    const take = createNonces();
    for (const nonce of ["", "__proto__", "constructor", "a b", "\u0000"]) {
      expect([take(nonce), take(nonce)]).toEqual([true, false]);
    }
  });
});
