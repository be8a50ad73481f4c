// What WeChat, or something else in its place, may answer, and what is made of it.

import { describe, expect, it } from "vitest";
import {
  countMaterial,
  failure,
  jsonReply,
  mpInProcess,
  mpScripted,
  type ScriptedReply,
} from "../../../../test/support/mp.ts";

const text = (body: string | Uint8Array<ArrayBuffer>, status = 200, type = "text/plain") =>
  new Response(body, { status, headers: { "content-type": type } });

describe("a reply is a success", () => {
  const successes: Record<string, [ScriptedReply, object]> = {
    "without errcode": [{ media_id: "M" }, { media_id: "M" }],
    "with errcode 0": [
      { errcode: 0, errmsg: "ok" },
      { errcode: 0, errmsg: "ok" },
    ],
    "with errcode 0 in text": [{ errcode: "0" }, { errcode: "0" }],
    "with ret 0": [
      { ret: 0, vid: "wxv_1" },
      { ret: 0, vid: "wxv_1" },
    ],
    "with neither, but a status of its own": [{ status: 3 }, { status: 3 }],
    "with an errmsg that says something else": [
      { errcode: 0, errmsg: "delete success" },
      { errcode: 0, errmsg: "delete success" },
    ],
    "with an errcode of null": [{ errcode: null }, { errcode: null }],
    "as application/json": [
      jsonReply({ a: "中文" }, 200, "application/json; charset=utf-8"),
      { a: "中文" },
    ],
    "without a content type": [new Response(new TextEncoder().encode('{"a":1}')), { a: 1 }],
    "as an image, so its header says": [jsonReply({ a: 1 }, 200, "image/jpeg"), { a: 1 }],
    "with white space around": [text('\r\n {"a":1}\n'), { a: 1 }],
    "with a byte order mark": [text('\ufeff{"a":1}'), { a: 1 }],
    "with a status of 201": [jsonReply({ a: 1 }, 201), { a: 1 }],
  };
  for (const [what, [reply, object]] of Object.entries(successes)) {
    it(what, async () => {
      const { mp } = mpScripted([reply]);
      expect(await countMaterial(mp)).toEqual(object);
    });
  }
});

describe("a reply is WeChat's error", () => {
  const endpoint = "/cgi-bin/material/get_materialcount";
  const tail = "hint: [TBkgwa0494d106] rid: 6584fd9e-56fbbc7e-310e0214";
  const rid = "6584fd9e-56fbbc7e-310e0214";
  const hint = "TBkgwa0494d106";
  const errors: Record<string, [ScriptedReply, object]> = {
    "by its errcode": [
      { errcode: 40007, errmsg: "invalid media_id" },
      { errcode: 40007, errmsg: "invalid media_id", rid: undefined, hint: undefined },
    ],
    "[publish.87] with hint and rid": [
      { errcode: 40007, errmsg: `invalid media_id ${tail}` },
      { errcode: 40007, errmsg: "invalid media_id", rid, hint },
    ],
    "with a rid alone": [
      { errcode: 41001, errmsg: `access_token missing rid: ${rid}` },
      { errmsg: "access_token missing", rid, hint: undefined },
    ],
    "with a hint alone": [
      { errcode: 40125, errmsg: `invalid appsecret hint: [${hint}]` },
      { errmsg: "invalid appsecret", rid: undefined, hint },
    ],
    "with hints of the older kind": [
      { errcode: 40125, errmsg: "invalid appsecret, hints: [ req_id: gFVaBc06sa ]" },
      { errmsg: "invalid appsecret", hint: "req_id: gFVaBc06sa" },
    ],
    "with an empty hint": [
      { errcode: 40125, errmsg: "invalid appsecret hint: []" },
      { errmsg: "invalid appsecret", hint: "" },
    ],
    "with a tail and nothing else": [
      { errcode: 40125, errmsg: ` rid: ${rid}` },
      { errmsg: "", rid },
    ],
    "with words like those of a tail in the middle": [
      { errcode: 40125, errmsg: "hint: [a] is no rid: b at all" },
      { errmsg: "hint: [a] is no rid: b at all", rid: undefined, hint: undefined },
    ],
    "with a line end behind the tail": [
      { errcode: 40125, errmsg: `invalid appsecret rid: ${rid}\n` },
      { errmsg: "invalid appsecret", rid },
    ],
    "without errmsg": [{ errcode: 40125 }, { errcode: 40125, errmsg: "" }],
    "with an errmsg that is no text": [{ errcode: 1, errmsg: { a: 1 } }, { errmsg: "" }],
    "with WeChat's typo": [
      { errcode: 40006, errmsg: "invalid meida size" },
      { errmsg: "invalid meida size" },
    ],
    "with an errcode in text": [
      { errcode: "40007", errmsg: "invalid media_id" },
      { errcode: 40007 },
    ],
    "below zero": [
      { errcode: -2, errmsg: "x" },
      { errcode: -2, retryable: false },
    ],
    "by its ret, with a msg": [
      { ret: 200002, msg: "abnormal status" },
      { errcode: 200002, errmsg: "abnormal status" },
    ],
    "by its ret, though its errcode is 0": [{ errcode: 0, ret: 7 }, { errcode: 7 }],
    "by its errcode before its ret": [{ ret: 7, errcode: 8 }, { errcode: 8 }],
    "though there is a result beside it": [
      { media_id: "M", errcode: 45001, errmsg: "media size out of limit" },
      { errcode: 45001 },
    ],
    "under a status of 400": [
      jsonReply({ errcode: 40007, errmsg: "invalid media_id" }, 400),
      { errcode: 40007 },
    ],
    "under a status of 500": [
      jsonReply({ errcode: 40007, errmsg: "invalid media_id" }, 500),
      { errcode: 40007 },
    ],
    "as a page, so its header says": [
      jsonReply({ errcode: 40007 }, 200, "text/html"),
      { errcode: 40007 },
    ],
  };
  for (const [what, [reply, fields]] of Object.entries(errors)) {
    it(what, async () => {
      const { mp, calls } = mpScripted([reply]);
      const error = await failure(countMaterial(mp));
      expect(error).toMatchObject({ name: "MpApiError", code: "ERR_MP_API", endpoint, ...fields });
      expect(calls.length).toBe(1);
    });
  }

  const advice: Record<number, RegExp> = {
    40005: /does not take files of this type: convert the file/,
    40007: /expires after 3 days, and none works in another account/,
    40113: /another name does not help: convert the file/,
    41005: /proxy .* changed the body or its length/,
    45074: /delete what you no longer need/,
    48001: /may not use this call: see 接口权限/,
    50002: /WeChat has restricted the account/,
    50007: /WeChat has frozen the account/,
    89506: /refused .* for 24 hours/,
    89507: /refused .* for an hour/,
  };
  for (const [errcode, words] of Object.entries(advice)) {
    it(`${errcode}, with advice`, async () => {
      const { mp } = mpScripted([{ errcode: Number(errcode), errmsg: "error" }]);
      expect((await failure(countMaterial(mp))).message).toMatch(words);
    });
  }

  it("that is not known, without advice", async () => {
    const { mp } = mpScripted([{ errcode: 61451, errmsg: "invalid parameter" }]);
    expect((await failure(countMaterial(mp))).message).toBe(
      `WeChat answered 61451 to ${endpoint}: invalid parameter.`,
    );
  });

  it("and onAttempt is told its errcode and rid", async () => {
    const told: object[] = [];
    const { mp } = mpScripted([{ errcode: 40007, errmsg: `invalid media_id ${tail}` }], {
      onAttempt: (attempt) => told.push(attempt),
    });
    await failure(countMaterial(mp));
    expect(told).toEqual([
      {
        operation: "mpRequest",
        attempt: 1,
        status: 200,
        ms: expect.any(Number),
        bytes: 0,
        requestId: undefined,
        platformKeyId: undefined,
        apiCode: undefined,
        errcode: 40007,
        rid,
      },
    ]);
  });
});

describe("a reply that is almost JSON", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(
      parts.flatMap((part) =>
        typeof part === "string" ? [...new TextEncoder().encode(part)] : part,
      ),
    );
  const readable: Record<string, [string | Uint8Array<ArrayBuffer>, object]> = {
    "with raw control characters": [
      '{"a":"x\ty\r\nz\u0000\u0008","b":1}',
      { a: "x\ty\r\nz\u0000\b", b: 1 },
    ],
    "with U+2028 and U+007F": ['{"a":"\u2028\u007f"}', { a: "\u2028\u007f" }],
    "with half of a character": [bytes('{"a":"', [0xe4, 0xbd], '","b":1}'), { a: "\ufffd", b: 1 }],
    "with GBK": [bytes('{"a":"', [0xd6, 0xd0], '","b":1}'), { a: "\ufffd\ufffd", b: 1 }],
    "with GBK that ends in a backslash": [
      bytes('{"a":"', [0xd5, 0x5c], '","b":1}'),
      { a: "\ufffd", b: 1 },
    ],
    "with GBK whose bytes are UTF-8 before the backslash": [
      bytes('{"a":"', [0xb5, 0xc6, 0x81, 0x5c], '","b":1}'),
      { a: "\ufffd\u0181", b: 1 },
    ],
    "with half of a surrogate pair": [
      bytes('{"a":"', [0xed, 0xa0, 0xbd], '"}'),
      { a: "\ufffd\ufffd\ufffd" },
    ],
    "with escapes that are none": ['{"a":"\\x41\\u12\\\'\\n"}', { a: "\\x41\\u12\\'\n" }],
    "with escapes that are some, and a control character": [
      '{"a":"http:\\/\\/x\\"\u0001\\\\"}',
      { a: 'http://x"\u0001\\' },
    ],
    "after a byte order mark": [bytes([0xef, 0xbb, 0xbf], '{"a":1}'), { a: 1 }],
    "after two byte order marks": [
      bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '{"a":1}'),
      { a: 1 },
    ],
    "before a zero byte": ['{"a":1}\u0000', { a: 1 }],
    "with ids of 64 bits": [
      '{"a":9007199254740993,"b":[-9223372036854775808],"c":9007199254740991,"d":1.5e3}',
      { a: "9007199254740993", b: ["-9223372036854775808"], c: 9007199254740991, d: 1500 },
    ],
    "with digits in a text": ['{"a":"[,9007199254740993"}', { a: "[,9007199254740993" }],
  };
  for (const [what, [body, result]] of Object.entries(readable)) {
    it(`is read: ${what}`, async () => {
      const { mp } = mpScripted([text(body)]);
      expect(await countMaterial(mp)).toEqual(result);
    });
  }

  it("is read where it tells of an error", async () => {
    const { mp } = mpScripted([text('{"errcode":45009,"errmsg":"reach\tmax\n rid: 1-2-3"}')]);
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 45009, rid: "1-2-3" });
  });

  it("is read where it has a token", async () => {
    const token = text('{"access_token":"T","expires_in":7200}\u0000');
    const { mp, calls } = mpScripted([token, { a: 1 }], { secret: "s" });
    expect(await countMaterial(mp)).toEqual({ a: 1 });
    expect(calls[1]?.url).toMatch(/access_token=T$/);
  });
});

describe("a reply is no reply of WeChat's API", () => {
  const utf16 = (mark: string) =>
    Uint8Array.from(
      Array.from(`${mark}{"errcode":40001}`).flatMap((letter) => {
        const code = letter.charCodeAt(0);
        return [code & 0xff, code >> 8];
      }),
    );
  const html = "text/html; charset=utf-8";
  const replies: Record<
    string,
    [ScriptedReply, { status?: number; says: string; tries?: number }]
  > = {
    "a captive portal's page": [
      text("<html>log in</html>", 200, html),
      { status: 200, says: "19 bytes of text/html instead of a JSON object" },
    ],
    "an empty body": [text(""), { status: 200, says: "an empty body" }],
    "no body": [new Response(null, { status: 204 }), { status: 204, says: "an empty body" }],
    "half a JSON": [text('{"errcode":0,"err'), { status: 200, says: "That is broken JSON, cut" }],
    // Its zeros are no raw control characters: without them an errcode would be a success.
    "UTF-16, low byte first": [text(utf16("")), { status: 200, says: "That is broken JSON" }],
    "UTF-16, high byte first": [
      text(Uint8Array.of(0, ...utf16("")).slice(0, -1)),
      { status: 200, says: "That is broken JSON" },
    ],
    "UTF-16 with its mark": [text(utf16("\ufeff")), { status: 200, says: "That is broken JSON" }],
    "a list": [jsonReply([1]), { status: 200, says: "instead of a JSON object" }],
    "a string": [text('"ok"'), { status: 200, says: "instead of a JSON object" }],
    null: [text("null"), { status: 200, says: "instead of a JSON object" }],
    "a number": [text("0"), { status: 200, says: "instead of a JSON object" }],
    "JSON with a quotation mark in a text": [
      text('{"title":"a"b"}'),
      { status: 200, says: "That is broken JSON, cut or changed on its way" },
    ],
    "an errcode that is a word": [
      { errcode: "E_BUSY" },
      { status: 200, says: "has errcode of type string, which must be a whole number" },
    ],
    "an errcode that is no whole number": [
      { errcode: 1.5 },
      { status: 200, says: "has errcode 1.5, which" },
    ],
    "a ret that is an object": [{ ret: { code: 1 } }, { says: "has ret of type object" }],
    "a refusal without JSON": [text("", 403), { status: 403, says: "status 403" }],
    "JSON under 404 that tells of no error": [
      jsonReply({ a: 1 }, 404),
      { status: 404, says: "status 404" },
    ],
    "412": [text("", 412), { status: 412, says: "to a body without Content-Length: a proxy" }],
    "a gateway's 502": [
      text("<html></html>", 502, html),
      { status: 502, says: "status 502", tries: 3 },
    ],
    "a gateway's 429": [text("slow", 429), { status: 429, says: "429", tries: 3 }],
    "a redirect": [
      new Response(null, { status: 302, headers: { location: "https://a.example/" } }),
      { says: "redirect" },
    ],
    "more than 1 MiB": [
      text(JSON.stringify({ a: "x".repeat(1024 * 1024) })),
      { status: 200, says: "larger than 1048576 bytes" },
    ],
  };
  for (const [what, [reply, { status, says, tries = 1 }]] of Object.entries(replies)) {
    it(what, async () => {
      const { mp, calls } = mpScripted([reply]);
      const error = await failure(countMaterial(mp));
      expect(error).toMatchObject({
        name: "ReplyError",
        code: "ERR_REPLY",
        message: expect.stringContaining(says),
        ...(status !== undefined && { status }),
      });
      expect(calls.length).toBe(tries);
    });
  }
});

describe("Retry-After", () => {
  it("is not waited for where it asks for more than maxDelay", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const match = { path: "/cgi-bin/material/*" };
    emulator.control.faults.add({ kind: "status", status: 503, retryAfter: 21, match });
    expect(await failure(countMaterial(mp))).toMatchObject({ status: 503, retryAfter: 21_000 });
    expect(pauses).toEqual([]);
  });

  it("of a token endpoint is waited for as well", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const match = { path: "/cgi-bin/stable_token" };
    emulator.control.faults.add({ kind: "status", status: 429, retryAfter: 3, match });
    await countMaterial(mp);
    expect(pauses).toEqual([3000]);
  });
});
