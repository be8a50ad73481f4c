// What others wrote must not move the cursor of a terminal, or begin a line of a log, wherever a message quotes it.

import {
  createMpClient,
  createPayClient,
  createSource,
  createUrlSource,
  type Fetch,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadArticleImage } from "@wechat-edge/mp-media";
import { checkArticle, getDraft } from "@wechat-edge/mp-publish";
import { checkImage, uploadPayFile } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { checkMpClient } from "../src/mp-doctor.ts";
import { visible } from "../src/visible.ts";

/** Each kind of what is not seen. */
const CHARACTERS: readonly (readonly [what: string, character: string])[] = [
  ["an escape sequence", "\u001b[2J"],
  ["a line end", "\n2026-01-01 paid"],
  ["a carriage return", "\r"],
  ["NUL", "\0"],
  ["DEL", "\u007f"],
  ["C1, which some terminals take for an escape sequence", "\u009b2J"],
  ["the line end of EBCDIC", "\u0085"],
  ["an override of the direction", "\u202e"],
  ["an embedding", "\u202a"],
  ["an isolate", "\u2066"],
  ["the end of an isolate", "\u2069"],
  ["a mark of the direction", "\u200f"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
];
const NOT_SEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const json = (body: object, status = 200): Fetch => {
  return async () => Response.json(body, { status });
};
const mpOf = (fetch: Fetch) =>
  createMpClient({
    appid: credentials.mp.appid,
    getAccessToken: () => "a_token",
    fetch,
    retry: false,
  });
const payOf = (fetch: Fetch) => createPayClient({ ...credentials.pay, fetch, retry: false });

/** What quotes a text, and whose text it is. */
const QUOTES: Readonly<Record<string, (text: string) => unknown>> = {
  "WeChat Pay's message": (text) =>
    payRequest(payOf(json({ code: "PARAM_ERROR", message: `a${text}b` }, 400)), {
      method: "GET",
      path: "/v3/certificates",
    }),
  "WeChat Pay's code": (text) =>
    payRequest(payOf(json({ code: `a${text}b`, message: "" }, 400)), {
      method: "GET",
      path: "/v3/certificates",
    }),
  "an errmsg": (text) =>
    mpRequest(mpOf(json({ errcode: 40003, errmsg: `a${text}b` })), {
      method: "GET",
      path: "/cgi-bin/a",
    }),
  "an error of fetch": (text) =>
    mpRequest(
      mpOf(() => Promise.reject(new Error(`a${text}b`))),
      {
        method: "GET",
        path: "/cgi-bin/get",
      },
    ),
  "a file's name": (text) => checkImage(createSource(new Uint8Array(9), { name: `a${text}b` })),
  "a file's name of an Official Account": (text) =>
    uploadArticleImage(
      mpOf(createEmulator().fetch),
      createSource(new Uint8Array(9), { name: `a${text}b` }),
    ),
  "an ETag": (text) => {
    let asked = 0;
    const server: Fetch = async () => {
      asked += 1;
      const headers = {
        get: (name: string) =>
          ({ "content-range": "bytes 0-0/9", etag: `a${asked}${text}b` })[name] ?? null,
      };
      return { status: 206, headers, body: null, arrayBuffer: async () => new ArrayBuffer(1) };
    };
    return createUrlSource("https://cdn.example/a", { fetch: server }).then((source) =>
      source.read(0, 1, {}),
    );
  },
  "a header's name": (text) =>
    createUrlSource("https://cdn.example/a", { headers: { [`a${text}b`]: 5 } as never }),
  "a misspelt option": (text) =>
    createPayClient({ ...credentials.pay, [`timeou${text.slice(0, 1)}t`]: 5 }),
  "a value of an option": (text) =>
    createPayClient({ ...credentials.pay, region: `a${text}b` as never }),
  "an unknown field": (text) =>
    createPayClient({ ...credentials.pay, retry: { [`a${text}b`]: 1 } as never }),
  "a parameter": (text) =>
    mpRequest(mpOf(json({})), {
      method: "GET",
      path: "/cgi-bin/a",
      query: { [`a${text}b`]: {} as never },
    }),
  "a field of a body": (text) =>
    mpRequest(mpOf(json({})), {
      method: "POST",
      path: "/cgi-bin/a",
      body: { [`a${text}b`]: "\ud800" },
    }),
  "a key of meta": (text) =>
    uploadPayFile(
      payOf(json({})),
      { path: "/v3/a/files", meta: { [`a${text}b`]: 1 }, filenameKey: `a${text}b` },
      new File(["x"], "a.txt"),
    ),
  "an id of a call": (text) =>
    getDraft(mpOf(json({ errcode: 40007, errmsg: `a${text}b` })), { media_id: `a${text}b` }),
};

describe("a message that quotes", () => {
  it.each(Object.keys(QUOTES))("%s shows it escaped", async (quote) => {
    for (const [what, character] of CHARACTERS) {
      let error: unknown;
      try {
        await QUOTES[quote]?.(character);
      } catch (thrown) {
        error = thrown;
      }
      expect(error, what).toBeInstanceOf(Error);
      const { message, stack, cause } = error as Error;
      expect(message, what).not.toMatch(NOT_SEEN);
      // Our own errors: a file of the runtime or a test may have any name.
      expect(stack?.split("\n")[0], what).not.toMatch(NOT_SEEN);
      if (cause instanceof Error && quote !== "an error of fetch") {
        expect(cause.message, what).not.toMatch(NOT_SEEN);
      }
    }
  });

  it("a reply shows it in a checkup, too", async () => {
    for (const [what, character] of CHARACTERS) {
      const fetch = json({ errcode: 40013, errmsg: `invalid appid a${character}b` });
      const { checks } = await checkMpClient(createMpClient({ ...credentials.mp, fetch }));
      for (const { found } of checks) expect(found, what).not.toMatch(NOT_SEEN);
    }
  });

  it("the content of an article shows it escaped in a finding", () => {
    for (const [what, character] of CHARACTERS) {
      const content = `<a href="ftp://a${character}b">x</a><p id="a${character}b"></p><img src="//x.test/${character}">`;
      const findings = checkArticle(
        { title: "a", content, thumb_media_id: "x", digest: "d" },
        { target: "draft" },
      );
      expect(findings.length).toBeGreaterThan(2);
      for (const { message } of findings) expect(message, what).not.toMatch(NOT_SEEN);
    }
  });
});

describe("visible", () => {
  it("leaves what is seen, and shows the rest as JSON escapes it", () => {
    expect(visible("营业执照 🏮 é\u200d")).toBe("营业执照 🏮 é\u200d");
    expect(visible("a\nb\u007f\u009b\u202e\u2028\ud800")).toBe(
      String.raw`a\u000ab\u007f\u009b\u202e\u2028\ud800`,
    );
  });
});
