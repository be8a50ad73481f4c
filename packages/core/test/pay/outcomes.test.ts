// What is known of a call after each way in which its reply can be lost.

import { describe, expect, it } from "vitest";
import {
  type Answer,
  fromGateway,
  lostReplies,
  never,
} from "../../../../test/support/lost-replies.ts";
import {
  OutcomeUnknownError,
  PayApiError,
  type PayRequest,
  payRequest,
  type SignatureError,
} from "../../src/index.ts";
import { payWith, signedReply } from "./signed-replies.ts";

const page = (body: string) => (status: number) => new Response(body, { status });

/** Ways to lose a reply: after each, WeChat Pay may have carried out the call. */
const losses = {
  ...lostReplies,
  "WeChat Pay's 500": async () =>
    Response.json({ code: "SYSTEM_ERROR", message: "系统异常" }, { status: 500 }),
  "a signed page": () => signedReply(200, "<html></html>"),
  "a signed list": () => signedReply(200, "[]"),
  "a signed number": () => signedReply(201, "1"),
  ...fromGateway({
    "no body": page(""),
    HTML: page("<html><title>blocked</title></html>"),
    "a gateway's JSON": page('{"message":"Forbidden"}'),
    "JSON with another code": page('{"code":403,"message":"blocked"}'),
    "a gateway's code": page('{"code":"Forbidden","message":"blocked"}'),
    "a number in quotes": page('{"code":"403","message":"blocked"}'),
    "a list": page('[{"code":"NO_AUTH"}]'),
  }),
} satisfies Readonly<Record<string, Answer>>;

const requests: readonly [PayRequest, ...PayRequest[]] = [
  { method: "POST", path: "/v3/refund/domestic/refunds", body: { out_refund_no: "1" } },
  { method: "POST", path: "/v3/pay/transactions/out-trade-no/1/close" },
  { method: "PUT", path: "/v3/marketing/favor/stocks/1", body: "{}" },
  { method: "PATCH", path: "/v3/payscore/serviceorder/1", body: {} },
  { method: "DELETE", path: "/v3/merchant-service/complaint-notifications" },
];

async function outcome(
  answer: Answer,
  request: PayRequest,
  options: { retryUnknown?: boolean } = {},
) {
  let asked = 0;
  const pay = await payWith({
    timeout: answer === never ? 20 : 60_000,
    fetch: () => {
      asked += 1;
      return answer();
    },
  });
  const result: unknown = await payRequest(pay, request, options).catch((error) => error);
  return { result, asked };
}

describe("a call of WeChat Pay that may change something", () => {
  for (const [what, answer] of Object.entries(losses)) {
    it(`has an unknown outcome after ${what}, and is not made again`, async () => {
      for (const request of what.includes(" with ") ? requests.slice(0, 1) : requests) {
        const { result, asked } = await outcome(answer, request);
        expect(result).toBeInstanceOf(OutcomeUnknownError);
        expect(result).toMatchObject({
          code: "ERR_OUTCOME_UNKNOWN",
          step: "payRequest",
          retryable: false,
          retryAfter: undefined,
          lookAt: expect.stringContaining(`${request.method} ${request.path}`),
        });
        expect(asked).toBe(1);
      }
    });
  }

  it("a GET that the caller wants once, too", async () => {
    const request = { method: "GET", path: "/v3/certificates" };
    const once = await outcome(losses["a cut connection"], request, {
      retryUnknown: false,
    });
    expect(once.result).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", retryable: false });
    expect(once.asked).toBe(1);
    const read = await outcome(losses["a cut connection"], request);
    expect(read.result).toMatchObject({ code: "ERR_NETWORK", retryable: true });
    expect(read.asked).toBe(3);
  });

  const repeated = ["a cut connection", "503 with HTML", "no reply in time"];
  for (const [what, answer] of Object.entries(losses).filter(([name]) => repeated.includes(name))) {
    it(`is repeated after ${what} with the caller's consent alone`, async () => {
      for (const request of requests) {
        const { result, asked } = await outcome(answer, request, { retryUnknown: true });
        expect(result).not.toBeInstanceOf(OutcomeUnknownError);
        expect(asked).toBe(3);
      }
    });
  }

  it.each([
    [400, "PARAM_ERROR", 1],
    [401, "SIGN_ERROR", 1],
    [403, "NO_AUTH", 1],
    [404, "ORDER_NOT_EXIST", 1],
    [409, "APPLYMENT_DUPLICATED", 1],
    [413, "REQUEST_TOO_LARGE", 1],
    [429, "FREQUENCY_LIMIT_EXCEED", 3],
    [429, "RATELIMIT_EXCEEDED", 3],
  ])("was not made if WeChat Pay itself says %i %s", async (status, code, tries) => {
    const answer = async () => Response.json({ code, message: "…" }, { status });
    for (const request of requests) {
      const { result, asked } = await outcome(answer, request);
      expect(result).toBeInstanceOf(PayApiError);
      expect(result).toMatchObject({ status, apiCode: code, retryable: status === 429 });
      expect(asked).toBe(tries);
    }
  });
});

describe("a success", () => {
  const bodiless = [200, 201, 202, 203, 204, 206, 226, 299];

  it.each(bodiless)("of status %i and no body is believed with its signature", async (status) => {
    for (const request of requests) {
      const { result } = await outcome(() => signedReply(status, ""), request);
      expect(result).toEqual({});
    }
  });

  it.each(bodiless)("of status %i and no body is forged without one", async (status) => {
    const empty = async () => new Response(null, { status });
    for (const request of [...requests, { method: "GET", path: "/v3/certificates" }]) {
      const { result, asked } = await outcome(empty, request);
      expect(result).toMatchObject({ code: "ERR_SIGNATURE", reason: "missing", retryable: false });
      const advice = /WeChat Pay may have carried out the request: check .* before you repeat it/;
      if (request.method !== "GET") expect((result as SignatureError).message).toMatch(advice);
      expect(asked).toBe(1);
    }
  });

  it.each(["timestamp", "nonce", "signature", "serial"])(
    "without Wechatpay-%s alone is forged, too",
    async (name) => {
      for (const body of ["", '{"status":"SUCCESS"}']) {
        const { result } = await outcome(async () => {
          const reply = await signedReply(200, body);
          reply.headers.delete(`wechatpay-${name}`);
          return reply;
        }, requests[0]);
        expect(result).toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
      }
    },
  );

  it("whose ids are numbers keeps all their digits", async () => {
    const body =
      '{"applyment_id": 2000002124775691,"task_id":12345678901234567890,"ids":[-9007199254740993,1.5e20],"text":"a \\": 12345678901234567890"}';
    const { result } = await outcome(() => signedReply(200, body), requests[0]);
    expect(result).toEqual({
      applyment_id: 2000002124775691,
      task_id: "12345678901234567890",
      ids: ["-9007199254740993", 1.5e20],
      text: 'a ": 12345678901234567890',
    });
  });
});

describe("an abort", () => {
  const reason = new Error("no longer wanted");

  it("before the reply ends the call with the signal's reason", async () => {
    const controller = new AbortController();
    const pay = await payWith({
      fetch: () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    });
    const { signal } = controller;
    await expect(payRequest(pay, requests[0], { signal })).rejects.toBe(reason);
  });

  it("after the reply loses nothing that WeChat Pay has done", async () => {
    const controller = new AbortController();
    const pay = await payWith({
      fetch: () => signedReply(200, '{"status":"SUCCESS"}'),
      onAttempt: () => controller.abort(reason), // the reply is there, its signature unverified
    });
    const { signal } = controller;
    const done = payRequest(pay, requests[0], { signal });
    expect(await done).toEqual({ status: "SUCCESS" });
    expect(signal.aborted).toBe(true);
  });
});

it("a clock that fails after the reply does not make a call one that was not made", async () => {
  let asked = 0;
  const pay = await payWith({
    fetch: () => {
      asked += 1;
      return signedReply(200, "{}");
    },
    now: () => (asked === 0 ? Date.now() : Number.NaN),
  });
  await expect(payRequest(pay, requests[0])).rejects.toMatchObject({
    code: "ERR_OUTCOME_UNKNOWN",
    cause: { name: "TypeError" },
  });
  expect(asked).toBe(1);
});
