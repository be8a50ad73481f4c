// docs/errors.md lists every message of an error, with its cause and what to do. UPDATE_DOCS=1 writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import type { WechatErrorCode } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { type ErrorGuide, errorGuides } from "./error-guide.ts";
import { type ErrorText, errorTexts, textsOf } from "./error-messages.ts";

const page = new URL("../../docs/errors.md", import.meta.url);
const texts = errorTexts();

/** What messages do not say, because a reader stumbles. */
const BANNED =
  /\b(?:whoever|whatever becomes|what becomes of|stands in|is none|are none|gives?|holds?|tells?|says so|else than|where it is none)\b/i;

/** The first sentence, and the rest of the message. */
function split(text: string): [message: string, cure: string] {
  const end = /[.:](?= [A-Z])/.exec(text.replace(/e\.g\. /g, "e.g._"));
  if (end === null || text[end.index] === ":") return [text, ""];
  return [text.slice(0, end.index + 1), text.slice(end.index + 2)];
}

function rowOf({ text }: ErrorText, { rows = [], cause, cure }: ErrorGuide): string {
  const [message, rest] = split(text);
  const row = rows.find(([beginning]) => text.startsWith(beginning));
  const columns = [message, row?.[1] ?? cause, rest === "" ? (row?.[2] ?? cure) : rest];
  return `| ${columns.map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text
    .replace(/[\\|*_`[\]]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function section([errorClass, guide]: [string, ErrorGuide]): string {
  const own = texts.filter((text) => text.errorClass === errorClass);
  const unique = own.filter(({ text }, i) => own.findIndex((one) => one.text === text) === i);
  const code = guide.code === undefined ? "" : `, \`${guide.code}\``;
  return `## ${errorClass}${code}: ${guide.title}

${guide.about}

| message | cause | what to do |
|---|---|---|
${unique.map((text) => rowOf(text, guide)).join("\n")}
`;
}

function generated(): string {
  return `# Errors

Every message that the packages can throw, by class. Written from the sources; \`{name}\` stands for what is filled in.

Errors of ours are told apart by \`code\`. \`isWechatError(error)\` of \`@wechat-edge/core\` narrows, so that \`switch (error.code)\` knows the fields of each; it holds across two copies of the package and across a Worker's RPC. \`retryable\` says whether the same call may succeed in a while. An abort rejects with the signal's own reason, as \`fetch\` does. No message contains a key, a token or a secret.

${Object.entries(errorGuides).map(section).join("\n")}`;
}

describe("docs/errors.md", () => {
  it("lists every message", () => {
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated());
    expect(readFileSync(page, "utf8")).toBe(generated());
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
      ERR_MP_API: true,
      ERR_NETWORK: true,
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
