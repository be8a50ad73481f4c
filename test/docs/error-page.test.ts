// docs/errors.md lists every message of an error, with its cause and what to do. UPDATE_DOCS=1 writes it anew.

import type { WechatErrorCode } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { type ErrorGuide, errorGuides } from "./error-guide.ts";
import { textsOf } from "./error-messages.ts";
import { type PageLanguage, pageAt, texts, writtenPage } from "./error-page.ts";

/** What messages do not say, because a reader stumbles. */
const BANNED =
  /\b(?:whoever|whatever becomes|what becomes of|stands in|is none|are none|gives?|holds?|tells?|says so|else than|where it is none)\b/i;

/** The first sentence, and the rest of the message, which mostly says what to do; else the guide does. */
function split(text: string): [message: string, cure: string] {
  const end = /[.:](?= [A-Z])/.exec(text.replace(/e\.g\. /g, "e.g._"));
  if (end === null || text[end.index] === ":") return [text, ""];
  return [text.slice(0, end.index + 1), text.slice(end.index + 2)];
}

function cell(text: string): string {
  return text
    .replace(/[\\|*_`[\]]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

const english: PageLanguage<ErrorGuide> = {
  intro: `# Errors

[中文](zh-CN/errors.md)

Every error message of the packages: class, code, cause, what to do. A test writes this page from the sources; \`{name}\` is filled in when the error is thrown. Search it for a part of the message that has no name or number in it.

\`isWechatError(error)\` of \`@wechat-edge/core\` narrows an unknown value, so that \`switch (error.code)\` knows the fields of each class. It also works if two copies of core are installed, and for errors that came through a Worker's RPC. \`retryable\` says whether the same call may succeed later. An aborted call rejects with the signal's own reason, as \`fetch\` does. No message contains a key, a token or a secret.`,
  guides: errorGuides,
  heading: (errorClass, code, { title }) =>
    `${errorClass}${code === undefined ? "" : `, \`${code}\``}: ${title}`,
  summary: ({ about, cause, cure }) =>
    `${about}\n\nUsual cause: ${cause}${cure === "" ? "" : ` What to do: ${cure.charAt(0).toLowerCase()}${cure.slice(1)}`}`,
  errcodes: {
    heads: ["errcode", "what the message adds"],
    row: (errcode, advice) => [String(errcode), cell(advice)],
  },
  messages: {
    heads: ["message", "cause", "what to do"],
    row(text, { rows = [] }) {
      const [message, rest] = split(text);
      const [, cause = "", cure = ""] =
        rows.find(([beginning]) => text.startsWith(beginning)) ?? [];
      return (cure === "" ? [message, cause, rest] : [text, cause, cure]).map(cell);
    },
  },
};

describe("docs/errors.md", () => {
  it("lists every message", () => {
    const written = writtenPage(english);
    expect(pageAt("docs/errors.md", written)).toBe(written);
  });

  it("knows each class of errors that is thrown, and its code", () => {
    const classes = [...new Set(texts.map(({ errorClass }) => errorClass))];
    expect(classes.filter((name) => errorGuides[name] === undefined)).toEqual([]);
    const codes: Record<WechatErrorCode, true> = {
      ERR_ARTICLE: true,
      ERR_CHECKPOINT: true,
      ERR_CLIENT_VERSION: true,
      ERR_KEY: true,
      ERR_MEDIA: true,
      ERR_MESSAGE: true,
      ERR_MP_API: true,
      ERR_MP_PLATFORM: true,
      ERR_NETWORK: true,
      ERR_NOTIFICATION: true,
      ERR_OUTCOME_UNKNOWN: true,
      ERR_PAY_API: true,
      ERR_REPLY: true,
      ERR_REVIEW: true,
      ERR_SIGNATURE: true,
      ERR_TIMEOUT: true,
    };
    const listed = Object.values(errorGuides).flatMap(({ code }) => code ?? []);
    expect(listed.sort()).toEqual(Object.keys(codes).sort());
  });

  it("has no row for a message that is gone", () => {
    for (const [errorClass, { rows = [] }] of Object.entries(errorGuides)) {
      for (const [beginning] of rows) {
        const found = texts.some(
          (text) => text.errorClass === errorClass && text.text.startsWith(beginning),
        );
        expect(found, `${errorClass}: ${beginning}`).toBe(true);
      }
    }
  });
});

describe("messages", () => {
  it("are found", () => {
    expect(texts.length).toBeGreaterThan(250);
    const source = "throw new KeyError(`\u0024{what} is an EC key; WeChat Pay needs an RSA key.`);";
    expect(textsOf("a.ts", source)).toEqual([
      {
        file: "a.ts",
        line: 1,
        errorClass: "KeyError",
        text: "{what} is an EC key; WeChat Pay needs an RSA key.",
      },
    ]);
  });

  it("use words that a reader takes in at once", () => {
    const bad = texts.filter(({ text }) => BANNED.test(text));
    expect(bad.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
  });
});
