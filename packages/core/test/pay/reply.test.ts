import { describe, expect, it } from "vitest";
import { ReplyError } from "../../src/errors.ts";
import type { Reply } from "../../src/http/reply.ts";
import { PayApiError } from "../../src/pay/errors.ts";
import { payReplyError, payReplyObject } from "../../src/pay/reply.ts";
import { payWith, signedReply } from "./signed-replies.ts";

const replyOf = (
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Reply & { readonly headers: Headers } => ({
  status,
  headers: new Headers({ "request-id": "R-1", ...headers }),
  body: new TextEncoder().encode(body),
});
const errorOf = (reply: Reply) => payReplyError(reply, new Uint8Array(0), 0);

describe("a reply that is no success", () => {
  it.each([400, 401, 403, 404, 405, 413, 429, 500, 501])(
    "%i with { code } is WeChat Pay's error, with all that it says",
    (status) => {
      const body = '{"code":"A_CODE","message":"M","detail":{"field":"f"}}';
      const error = errorOf(replyOf(status, body, { "retry-after": "3" }));
      expect(error).toBeInstanceOf(PayApiError);
      expect(error).toMatchObject({
        status,
        apiCode: "A_CODE",
        apiMessage: "M",
        detail: { field: "f" },
        requestId: "R-1",
        retryAfter: 3000,
        explanation: undefined,
        retryable: status === 429 || status === 500,
      });
    },
  );

  it("explains SIGN_ERROR of a 401 alone", () => {
    const body = '{"code":"SIGN_ERROR","message":"错误的签名，验签失败"}';
    expect(errorOf(replyOf(401, body))).toHaveProperty("explanation.text");
    expect(errorOf(replyOf(403, body))).toMatchObject({ explanation: undefined });
    const other = '{"code":"PARAM_ERROR","message":"错误的签名，验签失败"}';
    expect(errorOf(replyOf(401, other))).toMatchObject({ explanation: undefined });
  });

  it.each(['{"code":403}', '{"code":null}', "{}", "[]", "", "<html>", '{"message":"M"}'])(
    "of %s is a gateway's",
    (body) => {
      for (const status of [400, 403, 413, 500]) {
        const error = errorOf(replyOf(status, body, { "retry-after": "3" }));
        expect(error).toBeInstanceOf(ReplyError);
        expect(error).toMatchObject({ status, requestId: "R-1", retryAfter: 3000 });
        expect(error.message).toMatch(/a gateway or a proxy answered/);
      }
    },
  );

  it("of 404 or 405 and no body may be WeChat Pay's", () => {
    for (const [status, body, is] of [
      [404, "", true],
      [405, "", true],
      [404, "x", false],
      [403, "", false],
      [406, "", false],
    ] as const) {
      const { message } = errorOf(replyOf(status, body));
      expect([status, /has no such path or method, or a proxy/.test(message)]).toEqual([
        status,
        is,
      ]);
    }
  });

  it("has a text where WeChat Pay sends none", () => {
    expect(errorOf(replyOf(400, '{"code":"A_CODE","message":7}'))).toMatchObject({
      apiMessage: "",
      detail: undefined,
    });
  });
});

it("without a Request-ID has none", () => {
  for (const body of ["", '{"code":"A_CODE"}']) {
    const { headers, ...rest } = replyOf(403, body);
    headers.delete("request-id");
    expect(errorOf({ ...rest, headers })).toMatchObject({ requestId: undefined });
  }
});

it("a success that is no object is none", () => {
  expect(payReplyObject(replyOf(200, '{"a":1}'))).toEqual({ a: 1 });
  for (const body of ["", "[]", "1", "<html>"]) {
    expect(() => payReplyObject(replyOf(202, body))).toThrow(/has status 202 and .* JSON object/);
  }
});

describe("a signature", () => {
  const verified = async (change: (headers: Headers) => void) => {
    const pay = await payWith({});
    const reply = await signedReply(200, "{}");
    change(reply.headers);
    const body = new Uint8Array(await reply.arrayBuffer());
    return pay.verify({ status: 200, headers: reply.headers, body }).catch((error) => error);
  };

  it("may have blanks around it", async () => {
    expect(
      await verified((headers) => {
        for (const [name, value] of headers) headers.set(name, ` ${value} `);
      }),
    ).toBe(undefined);
  });

  it.each<[string, (headers: Headers) => void, object]>([
    [
      "timestamp that is no number",
      (h) => h.set("wechatpay-timestamp", "1e9"),
      { reason: "malformed" },
    ],
    ["timestamp with a sign", (h) => h.set("wechatpay-timestamp", "-1"), { reason: "malformed" }],
    ["old timestamp", (h) => h.set("wechatpay-timestamp", "1"), { reason: "stale" }],
    [
      "signature that is no base64",
      (h) => h.set("wechatpay-signature", "***"),
      { reason: "malformed", probe: false },
    ],
    [
      "signature of nothing",
      (h) => h.set("wechatpay-signature", "AAAA"),
      { reason: "mismatch", probe: false },
    ],
    [
      "probe",
      (h) => h.set("wechatpay-signature", "WECHATPAY/SIGNTEST/AAAA"),
      { probe: true, retryable: true },
    ],
    [
      "probe in its middle",
      (h) => h.set("wechatpay-signature", "A WECHATPAY/SIGNTEST/AAAA"),
      { probe: false },
    ],
    ["another nonce", (h) => h.set("wechatpay-nonce", "another"), { reason: "mismatch" }],
    [
      "another serial",
      (h) => h.set("wechatpay-serial", "PUB_KEY_ID_2"),
      { reason: "unknown-serial" },
    ],
  ])("with a %s is refused", async (_, change, wanted) => {
    expect(await verified(change)).toMatchObject({ code: "ERR_SIGNATURE", ...wanted });
  });

  it("whose header is a list, as of Express, is missing", async () => {
    const pay = await payWith({});
    const headers = { get: (name: string) => [name] as never };
    const refused = pay.verify({ status: 200, headers, body: new Uint8Array(0) });
    await expect(refused).rejects.toMatchObject({ reason: "missing" });
  });
});
