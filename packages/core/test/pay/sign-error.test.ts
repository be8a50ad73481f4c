import { describe, expect, it } from "vitest";
import { explainSignError, type RefusedSignature } from "../../src/pay/sign-error.ts";

const HEAD = "POST\n/v3/x\n1795000000\nabc\n";
const utf8 = new TextEncoder();

/** What is said of a request with that body, and of a reply that shows `server`. */
const explained = (
  body: string,
  server?: { text?: string; length?: unknown },
  also: Partial<RefusedSignature> = {},
) =>
  explainSignError({
    message: utf8.encode(`${HEAD}${body}\n`),
    apiMessage: "错误的签名，验签失败",
    detail:
      server === undefined
        ? undefined
        : {
            sign_information: {
              truncated_sign_message: server.text,
              sign_message_length: server.length,
            },
          },
    serverDate: null,
    ...also,
  });

describe("what differs", () => {
  it.each([
    ["method", "GET\n/v3/x\n1795000000\nabc\n\n", '"POST"', '"GET"', "method-changed"],
    ["path or query", "POST\n/v3/y\n1795000000\nabc\n\n", '"/v3/x"', '"/v3/y"', "path-changed"],
    [
      "path or query",
      "POST\n/v3/x?a=1\n1795000000\nabc\n\n",
      '"/v3/x"',
      '"/v3/x?a=1"',
      "query-changed",
    ],
    [
      "timestamp",
      "POST\n/v3/x\n1795000001\nabc\n\n",
      '"1795000000"',
      '"1795000001"',
      "authorization-changed",
    ],
    ["nonce", "POST\n/v3/x\n1795000000\nabd\n\n", '"abc"', '"abd"', "authorization-changed"],
  ])("the %s, where the server saw %j", (what, text, ours, theirs, cause) => {
    const { difference, causes } = explained("", { text });
    expect(difference).toBe(`The ${what} differs: ${ours} was signed, the server saw ${theirs}.`);
    expect(causes).toEqual([cause]);
  });

  it("a line feed in the body", () => {
    const { difference, causes } = explained("{\n}", { text: `${HEAD}{}\n` });
    expect(difference).toBe('The body differs: "{\\n}" was signed, the server saw "{}".');
    expect(causes).toEqual(["body-changed"]);
  });

  it("the length, where the server says one", () => {
    const shown = { text: `${HEAD}{}\n`, length: utf8.encode(`${HEAD}{}\n`).length };
    expect(explained("{}", { ...shown, length: 0 })).toMatchObject({
      serverLength: 0,
      causes: ["body-changed"],
    });
    expect(explained("{}", shown).text).toMatch(
      /^What the server shows is the same as what was signed, and has the same length\. Possible causes: privateKey/,
    );
    for (const length of [undefined, "29", -1, 1.5, Number.NaN]) {
      const { serverLength, difference, text } = explained("{}", { ...shown, length });
      expect({ serverLength, difference }).toEqual({
        serverLength: undefined,
        difference: undefined,
      });
      expect(text).toMatch(
        /^What the server shows is the same as what was signed\. Possible causes: privateKey/,
      );
    }
  });

  it("is unknown where the reply shows nothing", () => {
    const { causes, text } = explained("{}");
    expect(causes).toEqual(["private-key", "body-changed", "path-changed"]);
    expect(text).toMatch(/^The reply does not show what the server saw\. Possible causes: private/);
  });

  it("is no difference: a message whose last line feed is cut off", () => {
    expect(explained("{}", { text: `${HEAD}{}` })).toMatchObject({
      server: `${HEAD}{}`,
      difference: undefined,
    });
  });

  it("shows a short body as it is, and 200 characters of what the server sends", () => {
    const { signed, difference } = explained("{}", {
      text: `POST\n/${"y".repeat(300)}\n1795000000\nabc\n{}\n`,
    });
    expect(signed).toBe(`${HEAD}{}\n`);
    expect(difference).toBe(
      `The path or query differs: "/v3/x" was signed, the server saw "/${"y".repeat(199)}".`,
    );
  });
});

describe("a character that the cut at 8 bytes splits", () => {
  const body = '{"n":"中"}'; // its sixth character is followed by two of three bytes
  it.each(["", "\ufffd", "\ufffd\ufffd", "\ufffd\ufffd\ufffd"])("is shown as %j", (end) => {
    expect(explained(body, { text: `${HEAD}{"n":"${end}\n` }).difference).toBeUndefined();
  });

  it("is not one that was there before", () => {
    const { difference } = explained('{"\ufffd":1}', { text: `${HEAD}{"":1\n` });
    expect(difference).toMatch(/^The body differs/);
  });
});

describe("a message that names the cause", () => {
  it.each([
    ["请求头中的商户证书序列号有误", "serial", /^serialNo must be/],
    ["该商户未申请过证书", "merchant", /^This mchid has no merchant API certificate/],
    ["商户证书已过期", "certificate-expired", /^The merchant API certificate has expired: renew/],
    ["商户证书已作废", "certificate-revoked", /^The merchant API certificate was revoked: use/],
    ["商户证书已更换", "certificate-replaced", /^The merchant API certificate was replaced: use/],
    ["商户未设置APIv3密钥", "api-v3-key-unset", /^The merchant has no APIv3 key yet: set it/],
    ["Http头Authorization值格式错误", "authorization-changed", /^Something changed Authorization/],
    ["Http头Authorization认证类型不正确", "authorization-changed", /^Something changed Author/],
  ])("%s", (apiMessage, cause, text) => {
    const explanation = explained("{}", undefined, { apiMessage });
    expect(explanation).toMatchObject({ difference: undefined, causes: [cause] });
    expect(explanation.text).toMatch(text);
  });

  const apiMessage = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟";
  const NTP = "Set this machine's clock (NTP): WeChat Pay allows a difference of 5 minutes.";

  it("the clock, with a Date of the server", () => {
    const serverDate = "Wed, 18 Nov 2026 11:05:20 GMT";
    expect(explained("", undefined, { apiMessage, serverDate }).text).toBe(
      `This machine's clock said 2026-11-18T11:06:40.000Z, the server's says 2026-11-18T11:05:20.000Z: this machine is 80 seconds fast. ${NTP}`,
    );
  });

  it("the clock, without a Date of the server", () => {
    expect(explained("", undefined, { apiMessage }).text).toBe(
      `This machine's clock said 2026-11-18T11:06:40.000Z; the reply has no Date header. ${NTP}`,
    );
  });

  it("a clock that counts in microseconds", () => {
    const message = utf8.encode("POST\n/v3/x\n1795000000000000\nabc\n\n");
    expect(explained("", undefined, { apiMessage, message }).text).toMatch(
      /^This machine's clock said 1795000000000000 seconds; /,
    );
  });
});

describe("advice", () => {
  it.each([
    ["{ }", /Something changed the body on the way: look for a proxy that rewrites it\.$/],
    [
      "",
      /The server found no body: look for a proxy that rewrites it, or turns meta into a file\.$/,
    ],
  ])("on a body that became %j", (theirs, advice) => {
    expect(explained("{}", { text: `${HEAD}${theirs}\n` }).text).toMatch(advice);
  });

  it.each([
    ["GET\n/v3/x", /Something changed the method on the way: .* or a redirect\.$/],
    ["POST\n/v3/y", /Something changed the path on the way: look for a proxy that rewrites it\.$/],
    [
      "POST\n/v3/x?",
      /Something changed the query on the way: look for a proxy that rewrites it\.$/,
    ],
  ])("on a call that became %j", (theirs, advice) => {
    expect(explained("", { text: `${theirs}\n1795000000\nabc\n\n` }).text).toMatch(advice);
  });
});
