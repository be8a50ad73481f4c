// A token again and again, as long as a text can be: a parser that looks at something twice for each of them takes
// minutes. No clock is held against them: what does not end within the test's own timeout is at fault.

import * as fc from "fast-check";
import { dispositionName } from "../../../packages/core/src/http/file-name.ts";
import { KeyError } from "../../../packages/core/src/index.ts";
import { foreignName } from "../../../packages/core/src/inspect/foreign.ts";
import { parseMpObject } from "../../../packages/core/src/mp/json.ts";
import { tokenSecret } from "../../../packages/core/src/mp/redact.ts";
import { mpReplyObject } from "../../../packages/core/src/mp/reply.ts";
import { parseXml } from "../../../packages/core/src/mp-messages/xml.ts";
import { merchantKey } from "../../../packages/core/src/pay/keys/key.ts";
import { checkId } from "../../../packages/core/src/pay/keys/looks-like.ts";
import { explainSignError } from "../../../packages/core/src/pay/sign-error.ts";
import { parseHeaderValue } from "../../../packages/emulator/src/http/header-parameters.ts";
import { readForm } from "../../../packages/emulator/src/http/multipart.ts";
import { readHtml as emulatorReads } from "../../../packages/emulator/src/mp/publish/html-reader.ts";
import { checkArticle, scanFacts } from "../../../packages/mp-publish/src/article/check.ts";
import { findCssUrls } from "../../../packages/mp-publish/src/html/css-urls.ts";
import { scanHtml as scanFully } from "../../../packages/mp-publish/src/html/full-scanner.ts";
import { scanHtml as scanLightly } from "../../../packages/mp-publish/src/html/light-scanner.ts";
import { readHtml } from "../../../packages/mp-publish/src/html/read-html.ts";
import { findPictures } from "../../../packages/mp-publish/src/html/replace-pictures.ts";
import { encodeSrcsetUrl, findSrcsetUrls } from "../../../packages/mp-publish/src/html/srcset.ts";
import { fuzzTarget, outcomeOf } from "../fuzz-target.ts";

const encoder = new TextEncoder();
const wantedId = { pattern: /^[\dA-F]{1,40}$/i, wanted: "an id", own: [], Refusal: KeyError };

function check(content: string, fields: object = {}): unknown {
  const article = { title: "t", content, thumb_media_id: "m", ...fields };
  return checkArticle(article, { target: "draft" });
}

/** Each parser of texts, with what a text of this kind begins with. */
const parsers: Readonly<
  Record<string, readonly [start: string, parse: (text: string) => unknown]>
> = {
  "JSON of an Official Account": [
    '{"errcode":1,"errmsg":"',
    (text) => parseMpObject(encoder.encode(text)),
  ],
  "an errmsg": [
    "",
    (text) => {
      const body = encoder.encode(JSON.stringify({ errcode: 1, errmsg: text }));
      return mpReplyObject(
        { status: 200, headers: new Headers(), body },
        "/a",
        0,
        tokenSecret("T"),
      );
    },
  ],
  "a detail of SIGN_ERROR": [
    "POST\n/v3/a\n1\nn\n",
    (text) => {
      const detail = { sign_information: { truncated_sign_message: text, sign_message_length: 1 } };
      const message = encoder.encode("POST\n/v3/a\n1\nn\n\n");
      return explainSignError({ message, apiMessage: text, detail, serverDate: text });
    },
  ],
  "the XML of a message": ["<xml>", parseXml],
  "a key": ["-----BEGIN PRIVATE KEY-----\n", merchantKey],
  "a key without its lines": ["MII", merchantKey],
  "a whole PEM": [
    "",
    (text) => merchantKey(`-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`),
  ],
  "an id": ["5A", (text) => checkId("serialNo", text, wantedId)],
  "a Content-Disposition": ['attachment; filename="', dispositionName],
  "the head of a file": ["<?xml", (text) => foreignName(encoder.encode(text))],
  "HTML in the small scanner": ["<p ", scanFacts],
  "HTML in the full scanner": ["<p ", readHtml],
  "pictures in the small scanner": ["<p style='", (text) => findPictures(text, scanLightly)],
  "pictures in the full scanner": ["<img srcset='", (text) => findPictures(text, scanFully)],
  "HTML in the emulator": ["<p ", (text) => emulatorReads(text, { onTag: () => undefined })],
  CSS: ["a:", findCssUrls],
  "a style of an article": ["", (text) => check(`<p style="${text}">街</p>`)],
  "a link of an article": ["", (text) => check(`<a href="${text}">街</a>`)],
  "a crop of an article": ["1_", (text) => check("<p>街</p>", { pic_crop_235_1: text })],
  "a new address in a srcset": ["a", (text) => encodeSrcsetUrl(`${text}a`)],
  srcset: ["a ", findSrcsetUrls],
  "a form in the emulator": [
    "--b\r\n",
    (text) => readForm("multipart/form-data; boundary=b", encoder.encode(text), "refuse"),
  ],
  "a header in the emulator": ["form-data; ", parseHeaderValue],
};

const TOKENS = [
  ...Array.from(" =\"'<>&/\\;:,.()[]{}-0Aa"),
  "\r\n",
  "\0",
  "\ufffd",
  "= ",
  "\\n",
  "\\\\n",
  "\\u003d",
  "-----BEGIN A-----",
  "-----BEGIN A-----\n!\n-----END A-----",
  "-BEGIN ",
  "</p>",
  "<p>",
  "<svg>",
  "</",
  "<!--",
  "<!",
  "<![CDATA[",
  "]]>",
  "<script>",
  "</script",
  "<p a=",
  '<p a="',
  " a='",
  "<a></a>",
  "<a/>",
  "&#x41;",
  "&amp",
  "url(",
  "url( ",
  "/*",
  "/* ",
  "x",
  "\\a ",
  "a,",
  "a (",
  "\r\n--b\r\n",
  "\r\n--b",
  "\n--b",
  "a=b;",
  'a="b";',
  'filename="',
  "filename ",
  '{"a":',
  "1234567890123456 ",
  "-1",
  "\\ud800",
  "hint: [",
  " rid: ",
  "hints:",
];

const LENGTH = 150_000;
const repeats = (token: string): string => token.repeat(Math.ceil(LENGTH / token.length));

/** Every parser with every token: a matrix, not chance. */
const singles = Object.keys(parsers).flatMap((parser) =>
  TOKENS.map((token) => ({ parser, text: repeats(token), token })),
);

async function run({ parser, text }: { parser: string; text: string }): Promise<void> {
  const [start, parse] = parsers[parser] ?? ["", () => undefined];
  for (const whole of [text, start + text]) await outcomeOf(() => parse(whole));
}

export const repeatedTargets = [
  fuzzTarget(
    `one token ${LENGTH} characters long in ${Object.keys(parsers).length} parsers`,
    20,
    fc.constantFrom(...singles),
    run,
  ),
  fuzzTarget(
    "two tokens in turn, or one after the other",
    12,
    fc
      .record({
        parser: fc.constantFrom(...Object.keys(parsers)),
        one: fc.constantFrom(...TOKENS),
        other: fc.constantFrom(...TOKENS),
        inTurn: fc.boolean(),
      })
      .map(({ parser, one, other, inTurn }) => ({
        parser,
        text: inTurn ? repeats(one + other) : repeats(one) + repeats(other),
      })),
    run,
  ),
];

/** All single tokens, for the long run and for finding out which of them is slow. */
export { run as runRepeated, singles };
