// What operations are told, where it is something else or misspelt: told in words, and nothing is sent.

import {
  createHasher,
  createPayClient,
  createSource,
  createUrlSource,
  digest,
  inspect,
} from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { getQuota, getRid } from "@wechat-edge/core/mp-doctor";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { credentials } from "@wechat-edge/emulator";
import { checkMedia, getMaterial, listMaterial, mediaReplyXml } from "@wechat-edge/mp-media";
import {
  autoDigest,
  checkArticle,
  closeComments,
  coverCrop,
  miniProgramCard,
  miniProgramLink,
  nextPublishStep,
  openComments,
  picCrop,
  videoFrame,
  waitForNews,
  waitForPublication,
  waitForVideo,
} from "@wechat-edge/mp-publish";
import { readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";
import { type Half, operations, refusal } from "../../../../test/support/all-operations.ts";
import {
  expectWords,
  notGiven,
  notPlain,
  revoked,
  valuesBut,
  type WrongValue,
} from "../../../../test/support/misuse.ts";
import { failure, mpInProcess } from "../../../../test/support/mp.ts";
import { jobOf, picture } from "../../../../test/support/publish-job.ts";

const counts: readonly WrongValue[] = [
  ...valuesBut("number"),
  [0, /at least 1, not 0/],
  [-1, /not -1/],
  [1.5, /not 1\.5/],
  [Number.NaN, /not NaN/],
  ["2", /not "2"/],
];
const durations: readonly WrongValue[] = [
  ...valuesBut("number"),
  [-1, /not -1/],
  [Number.NaN, /not NaN/],
  ["5s", /not "5s"/],
];
const functions = valuesBut("function");

/** Values that no option of that name takes. */
const wrongOptions: Readonly<Record<string, readonly WrongValue[]>> = {
  signal: [...valuesBut(), [new AbortController(), /not an AbortController/]],
  onProgress: functions,
  onVideoProgress: functions,
  onCheckpoint: functions,
  onState: functions,
  onStatus: functions,
  onStoreError: functions,
  limits: [
    ...valuesBut("object"),
    ["huge", /not "huge"/],
    [{ maxBites: 5 }, /limits has no maxBites; it has extensions, maxBytes/],
    [{ maxBytes: "5" }, /limits\.maxBytes must be a number, not "5"/],
    [{ maxBytes: Number.NaN }, /limits\.maxBytes must be a number, not NaN/],
    [{ maxBytes: null }, /limits\.maxBytes must be a number, not null/],
    [{ fourByteNames: 1 }, /limits\.fourByteNames must be a boolean, not 1/],
    [{ extensions: ["jpg"] }, /limits\.extensions must be lists of formats by extension/],
    [{ extensions: { jpg: "jpeg" } }, /limits\.extensions must be lists of formats by ext/],
    [{ extensions: null }, /limits\.extensions must be lists .*, not null/],
  ],
  rate: [
    ...valuesBut("object", "boolean"),
    [true, /rate must be \{ calls, per \} or false, not true/],
    [{ perMinute: 5 }, /rate has no perMinute; it has calls, per/],
    [{ calls: 1.5, per: 10 }, /rate\.calls must be a whole number of at least 1/],
    [{ calls: 5, per: 0 }, /rate\.per a number of milliseconds above 0/],
  ],
  retryUnknown: [...valuesBut("boolean"), ["yes", /true or false, not "yes"/]],
  anyMerchant: [...valuesBut("boolean"), ["yes", /true or false, not "yes"/]],
  gunzip: [...valuesBut("boolean"), ["keep", /true or false, not "keep"/]],
  deleteAll: [...valuesBut("boolean"), ["all", /true or false, not "all"/]],
  bySecret: [...valuesBut("boolean"), ["s", /true or false, not "s"/]],
  cgi_path: [...valuesBut(), ["cgi-bin/draft/add", /cgi_path must be a path without host/]],
  platformKeyId: valuesBut(),
  rejected: valuesBut(),
  margin: durations,
  maxAge: durations,
  reply: [
    ...valuesBut(),
    ["", /reply must be .* not an empty string/],
    ["success", /reply must be the <xml> of a passive reply.* not a string of 7 characters/],
    ["<xml><a>1</xml>", /not a string of 15 characters/],
    ["<html><a>1</a></html>", /not a string of 21 characters/],
  ],
  echostr: valuesBut(),
  store: [...valuesBut(), notGiven, [{ get: () => "" }, /not an object/]],
  minInterval: [...durations, [0, /not 0/]],
  maxInterval: [...durations, [1, /at least minInterval, 2000 milliseconds, not 1/]],
  maxWait: durations,
  concurrency: counts,
  maxBlocks: counts,
  offset: [...valuesBut("number"), [-1, /not -1/], [0.5, /not 0\.5/], ["2", /not "2"/]],
  count: [
    ...valuesBut("number"),
    [0, /from 1 to 500, not 0/],
    [501, /from 1 to 500, not 501/],
    ["2", /not "2"/],
  ],
  "count of a job": valuesBut("function"),
  sha1: [...valuesBut(), ["", /not an empty string/], ["abc", /not "abc"/]],
  imageFallback: [...valuesBut(), ["materials", /"material", not "materials"/]],
  contentLength: [...valuesBut(), ["tags", /"with-tags" or "text", not "tags"/]],
  draftTitle: [...valuesBut("number"), [33, /32 or 64, not 33/]],
  cardImages: [...valuesBut(), ["image", /"material" or "article", not "image"/]],
  checkDraft: [...valuesBut("boolean"), ["yes", /true or false, not "yes"/]],
  event: [
    ...valuesBut("promise"),
    [{ PublishEventInfo: { publish_id: "1" } }, /event must be the event PUBLISHJOBFINISH/],
    ["PUBLISHJOBFINISH", /or a promise of it, not "PUBLISHJOBFINISH"/],
  ],
  checkpoint: [...valuesBut("bytes", "object", "function"), ["abc", /is not JSON/]],
  state: [...valuesBut("bytes", "object", "function"), ["abc", /is not JSON/]],
  restartVideo: [...valuesBut(), ["", /not an empty string/]],
  rights: [...valuesBut("object"), [{ pays: true }, /rights has no pays; it has pay/]],
  // What begins needs none, whatever it is.
  resolution: valuesBut().map(([value]) => [
    value,
    /resolution was passed, but the outcome of no (?:step|save) is unknown/,
  ]),
};

/** The name without a letter, in capitals, and with underscores. */
function misspellings(name: string): readonly string[] {
  const underscores = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const capital = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const short = `${name.slice(0, 3)}${name.slice(4)}`;
  return [short, capital, name.toUpperCase(), ...(underscores === name ? [] : [underscores])];
}

/** The same client for all that one operation refuses: nothing of it may leave a trace. */
function once(half: Half): Half {
  let made: ReturnType<Half> | undefined;
  return () => {
    made ??= half();
    return made;
  };
}

for (const [name, operation, half] of operations) {
  const { input, options = [], needs } = operation;
  const made = once(half);
  const refused = (parts: object) => refusal(operation, made, parts);
  describe(name, () => {
    if (input !== undefined) {
      it("says what it takes, and what was given", async () => {
        const meant = typeof input === "string" ? [] : [Array.isArray(input) ? "array" : "object"];
        const text: WrongValue = ["\u{1f3ee}".repeat(9), /not a string of 18 characters/u];
        const others = meant.length > 0 ? [text, ...notPlain] : [];
        const values = [...valuesBut(...meant), notGiven, ...others];
        for (const [value, named] of values) {
          const error = await refused({ input: value });
          expectWords(error, / (?:needs|must be) /, named);
          expect(error).toBeInstanceOf(TypeError);
        }
      });
    }

    if (options.length > 0) {
      it("says what its options must be, and what was given", async () => {
        const text: WrongValue = ["signal", /not a string of 6 characters/];
        const signal: WrongValue = [AbortSignal.abort(), /not an AbortSignal/];
        const gone: WrongValue = [revoked(), /not an object that cannot be read/];
        // Files and Blobs are of one class in Bun.
        const file: WrongValue = [picture("a.jpg", 300), /not a (?:File|Blob)/];
        for (const [value, named] of [
          ...valuesBut("object"),
          ...notPlain,
          text,
          signal,
          file,
          gone,
        ]) {
          const error = await refused({ options: value });
          expectWords(error, `The options of ${name} must be an object, such as {`, named);
          expect(error).toBeInstanceOf(TypeError);
        }
      });

      it("tells a misspelt option, and which was meant", async () => {
        for (const option of options) {
          for (const misspelt of misspellings(option)) {
            const error = await refused({ options: { ...needs, [misspelt]: undefined } });
            expect(error).toBeInstanceOf(TypeError);
            expect(error.message).toBe(
              `${name} has no option ${misspelt}. Did you mean ${option}?`,
            );
          }
        }
      });
    }

    for (const option of options) {
      it(`says what ${option} must be, and what was given`, async () => {
        const of = option === "count" && options.includes("checkDraft") ? "count of a job" : option;
        for (const [value, named] of wrongOptions[of] ?? expect.fail("no wrong values")) {
          const error = await refused({ options: { ...needs, [option]: value } });
          expectWords(error, option, named);
        }
      });
    }
  });
}

describe("what needs no client and takes no file", () => {
  const jpeg = picture("licence.jpg", 300);
  const text = valuesBut();
  const object = valuesBut("object");
  const article = { title: "t", content: "<p>c</p>", thumb_media_id: "m" };
  const pay = createPayClient(credentials.pay);
  const { mp } = mpInProcess();
  const reply = { ToUserName: "o", FromUserName: "gh", CreateTime: 1, Image: { MediaId: "m" } };
  const calls: Readonly<
    Record<
      string,
      readonly [call: (value: never) => unknown, wrong: readonly WrongValue[], word: string]
    >
  > = {
    "sign without a request": [
      (request) => pay.sign(request),
      object,
      "sign needs { method, path, body }",
    ],
    "sign without a body": [
      (body) => pay.sign({ method: "GET", path: "/v3/a", body }),
      valuesBut("bytes"),
      "body must be a Uint8Array",
    ],
    "sign without a path": [
      (path) => pay.sign({ method: "GET", path, body: new Uint8Array(0) }),
      text,
      "path must be a string",
    ],
    "verify without a reply": [
      (reply) => pay.verify(reply),
      object,
      "verify needs { status, headers, body }",
    ],
    "verify without Headers": [
      (headers) => pay.verify({ status: 200, headers, body: new Uint8Array(0) }),
      valuesBut(),
      "headers must be a Headers object",
    ],
    "verify without bytes": [
      (body) => pay.verify({ status: 200, headers: new Headers(), body }),
      valuesBut("bytes"),
      "body must be a Uint8Array",
    ],
    "a method to sign": [
      (method) => pay.sign({ method, path: "/v3/a", body: new Uint8Array(0) }),
      [...text, notGiven, ["get", /not "get"/], ["", /not an empty string/]],
      "method must be GET, POST, PUT, PATCH or DELETE",
    ],
    "a path to sign": [
      (path) => pay.sign({ method: "GET", path, body: new Uint8Array(0) }),
      ["", "v3/a", "//v3/a", "https://api.mch.weixin.qq.com/v3/a", "/v3/张", "/v3/../a"].map(
        (path): WrongValue => [path, /not /],
      ),
      'path must be an encoded path, such as "/v3/certificates"',
    ],
    "bytes to hash": [
      (bytes) => createHasher("SHA-256").update(bytes),
      [...valuesBut("bytes"), notGiven, ["text", /not a string of 4/], [[1], /not an array of 1/]],
      "update takes a Uint8Array",
    ],
    "a worker": [
      (worker) => digestInWorker(jpeg, "SHA-1", { createWorker: () => worker }),
      [...text, notGiven],
      "createWorker must return a Web Worker",
    ],
    "options of a read": [
      (options) => createSource(jpeg).read(0, 4, options),
      [...object, ...notPlain],
      "The options of read must be an object, such as { signal }",
    ],
    "a signal of a read": [
      (signal) => createSource(jpeg).read(0, 4, { signal }),
      wrongOptions["signal"] ?? [],
      "signal must be an AbortSignal",
    ],
    "options of createSource": [(options) => createSource(jpeg, options), object, "createSource"],
    "a name of createSource": [
      (name) => createSource(jpeg, { name }),
      text,
      "name must be a string",
    ],
    "options of inspect": [(options) => inspect(jpeg, options), object, "options of inspect"],
    "options of digest": [(options) => digest(jpeg, "SHA-1", options), object, "of digest"],
    "an algorithm": [(name) => digest(jpeg, name), [...text, notGiven], '"SHA-1" or "SHA-256"'],
    "options of checkPayClient": [
      (options) => checkPayClient(pay, options),
      object,
      "options of checkPayClient",
    ],
    "a cgi_path": [
      (cgi_path) => getQuota(mp, { cgi_path }),
      [...text, notGiven, ["cgi-bin/token", /not "cgi-bin\/token"/], ["/a?b", /not "\/a\?b"/]],
      "cgi_path must be a path without host and query",
    ],
    "a rid": [
      (rid) => getRid(mp, { rid }),
      [...text, notGiven, ["no rid", /not a string of 6 characters/]],
      "rid must be that of an error",
    ],
    "a msg_data_id": [
      (msg_data_id) => openComments(mp, { msg_data_id }),
      [
        ...valuesBut("number"),
        notGiven,
        ["1a", /not a string of 2/],
        [-1, /not -1/],
        [2 ** 53, /not 9007199254740992/],
      ],
      "msg_data_id must be the one of a publication",
    ],
    "an index of comments": [
      (index) => closeComments(mp, { msg_data_id: "1", index }),
      [...valuesBut("number"), [-1, /not -1/], [1.5, /not 1\.5/], ["0", /not "0"/]],
      "index must be a whole number of at least 0",
    ],
    "options of digestInWorker": [
      (options) => digestInWorker(jpeg, "SHA-1", options),
      object,
      "options of digestInWorker",
    ],
    "a file of digestInWorker": [
      (file) => digestInWorker(file, "SHA-1"),
      [...valuesBut(), notGiven],
      "takes a Blob or a File",
    ],
    "a URL": [createUrlSource, [...text, notGiven], "url must be an absolute http or https addr"],
    "options of createUrlSource": [
      (options) => createUrlSource("https://cdn.example/a", options),
      object,
      "options of createUrlSource",
    ],
    "redirect of createUrlSource": [
      (redirect) => createUrlSource("https://cdn.example/a", { redirect }),
      [
        [true, /not /],
        ["manual", /not /],
        [5, /not /],
      ],
      'redirect must be "error" or "follow"',
    ],
    "headers of createUrlSource": [
      (headers) => createUrlSource("https://cdn.example/a", { headers }),
      [...object, [new Headers(), /not a Headers/], ["a: b", /not a string of 4/]],
      "headers must be an object of strings",
    ],
    "a header": [
      (key) => createUrlSource("https://cdn.example/a", { headers: { key } }),
      [...text, notGiven],
      'headers["key"] must be a string',
    ],
    "HTML to read": [readHtml, [...text, notGiven], "html must be a string"],
    "HTML to rewrite": [
      (html) => rewriteImages(html, () => undefined),
      [...text, notGiven],
      "html must be a string",
    ],
    "what rewrites": [
      (replace) => rewriteImages("<p>", replace),
      [...valuesBut("function", "object"), notGiven],
      "rewriteImages needs replace as a function or as an object of addresses",
    ],
    "what counts as the length": [
      (contentLength) => checkArticle(article, { target: "draft", contentLength }),
      [...text, ["tags", /not "tags"/]],
      'contentLength must be "with-tags" or "text"',
    ],
    "the longest title of a draft": [
      (draftTitle) => checkArticle(article, { target: "draft", draftTitle }),
      [...valuesBut("number"), [33, /32 or 64, not 33/]],
      "draftTitle must be 32 or 64",
    ],
    "options of rewriteImages": [
      (options) => rewriteImages("<p>", () => undefined, options),
      object,
      "options of rewriteImages",
    ],
    "pictures at a time": [
      (concurrency) => rewriteImages("<p>", () => undefined, { concurrency }),
      counts,
      "concurrency must be a whole number of at least 1",
    ],
    "a reader of HTML": [
      (facts) => checkArticle(article, { target: "draft", readHtml: () => facts }),
      [...text, notGiven, [{ text: "c" }, /not an object/]],
      "readHtml must return { text, tags, pictures }",
    ],
    "a count": [
      (count) => checkArticle(article, { target: "draft", count: () => count }),
      [...valuesBut("number"), notGiven, [Number.NaN, /not NaN/], [1n, /not 1/], ["1", /not "1"/]],
      "count must return a number",
    ],
    ...Object.fromEntries(
      Object.entries({
        waitForVideo: (media_id: never) => waitForVideo(mp, { media_id }),
        waitForNews: (media_id: never) => waitForNews(mp, { media_id }),
        waitForPublication: (publish_id: never) => waitForPublication(mp, { publish_id }),
      }).map(([name, wait]) => [
        `an id of ${name}`,
        [
          wait,
          [...valuesBut("number"), notGiven, [Number.NaN, /not the number NaN/], [2 ** 53, /9007/]],
          "_id must be a string that is not empty",
        ],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries({
        region: (region: never) => createPayClient({ ...credentials.pay, region }),
        type: (type: never) => checkMedia({ type }, jpeg),
        MsgType: (MsgType: never) => mediaReplyXml({ ...reply, MsgType }),
      }).map(([name, call]) => [
        `a list with one ${name}`,
        [
          call,
          [
            [[name === "region" ? "mainland" : "image"], /not an array of 1/],
            [Object.create(null), /not an object/],
          ],
          `${name} must be `,
        ],
      ]),
    ),
    "text of a digest": [
      (of) => autoDigest(of, "draft"),
      [...text, notGiven],
      "text must be a string",
    ],
    "target of a digest": [
      (target) => autoDigest("a", target),
      [...text, notGiven],
      "target must be",
    ],
    "an article": [
      (of) => checkArticle(of, { target: "draft" }),
      [...valuesBut("object", "array"), notGiven, ["<p>", /not a string of 3/]],
      "checkArticle needs an article { title, content, thumb_media_id }",
    ],
    "an article of several": [
      (of) => checkArticle([article, of], { target: "draft" }),
      [...object, notGiven],
      "checkArticle needs an article",
    ],
    "options of checkArticle": [
      (options) => checkArticle(article, options),
      [...object, notGiven],
      "options of checkArticle",
    ],
    "a target": [
      (target) => checkArticle(article, { target }),
      [...text, notGiven],
      "target must be",
    ],
    ...Object.fromEntries(
      ["readHtml", "count"].map((name) => [
        name,
        [
          (value: never) => checkArticle(article, { target: "draft", [name]: value }),
          functions,
          `${name} must be a function`,
        ],
      ]),
    ),
    ...Object.fromEntries(
      ["videos", "images"].map((name) => [
        name,
        [
          (value: never) => checkArticle(article, { target: "draft", [name]: value }),
          [...valuesBut("array"), [[null], /not an array of 1/]],
          `${name} must be an array of objects`,
        ],
      ]),
    ),
    rights: [
      (rights) => checkArticle(article, { target: "draft", rights }),
      wrongOptions["rights"] ?? [],
      "rights ",
    ],
    "a video's id": [videoFrame, [...text, notGiven], "vid must be wxv_"],
    "a crop": [coverCrop, [...object, notGiven], "coverCrop needs {"],
    "a crop to write": [picCrop, [...object, notGiven], "picCrop needs a crop of coverCrop"],
    "a ratio": [
      (ratio) => coverCrop({ ratio, width: 9, height: 9 }),
      [...text, notGiven, ["4_3", /not "4_3"/]],
      "ratio must be 1_1, 16_9, 2.35_1",
    ],
    "pixels of a picture": [
      (width) => coverCrop({ ratio: "1_1", width, height: 9 }),
      [...valuesBut("number"), notGiven, [0, /not 0/], ["9", /not "9"/]],
      "width must be a number of pixels above 0",
    ],
    "a corner": [
      (x1) => coverCrop({ ratio: "1_1", x1, y1: 0, x2: 1, y2: 1 }),
      [...valuesBut("number"), notGiven, [Number.NaN, /not NaN/]],
      "x1 must be a number from 0 to 1",
    ],
    "a card": [miniProgramCard, [...object, notGiven], "miniProgramCard needs {"],
    "a link": [miniProgramLink, [...object, notGiven], "miniProgramLink needs {"],
    "a type of material": [
      (type) => listMaterial(mp, { type, offset: 0, count: 1 }),
      [...valuesBut(), notGiven, ["thumb", /not "thumb"/]],
      "type must be one of image, voice, video, news",
    ],
    "an offset of material": [
      (offset) => listMaterial(mp, { type: "image", offset, count: 1 }),
      [notGiven, [-1, /not -1/], [1.5, /not 1\.5/], ["0", /not "0"/]],
      "offset must be a whole number of at least 0",
    ],
    "a count of material": [
      (count) => listMaterial(mp, { type: "image", offset: 0, count }),
      [notGiven, [0, /not 0/], [21, /not 21/], ["20", /not "20"/]],
      "count must be a whole number from 1 to 20",
    ],
    "a media_id of material": [
      (media_id) => getMaterial(mp, { media_id }),
      [...valuesBut(), notGiven, ["", /not an empty string/]],
      "media_id must be a string that is not empty",
    ],
    "a reply with media": [mediaReplyXml, [...object, notGiven], "mediaReplyXml needs {"],
    "a job": [(job) => nextPublishStep(job, {} as never), [...object, notGiven], "A job needs {"],
    "a state": [
      (state) => nextPublishStep(jobOf("draft"), state),
      [...object, notGiven, ["{}", /not a string of 2/]],
      "nextPublishStep needs a state",
    ],
  };
  for (const [what, [call, wrong, word]] of Object.entries(calls)) {
    it(`${what}: says what it must be, and what was given`, async () => {
      for (const [value, named] of wrong) {
        const error = await failure((async () => call(value as never))());
        expectWords(error, word, named);
      }
    });
  }
});

describe("checkArticle", () => {
  it("says what a flag is, whatever it is", () => {
    for (const [flag, named] of [
      ["yes", 'is "yes";'],
      [5n, "is 5;"],
      [Number.NaN, "is NaN;"],
      [() => 1, "is a function;"],
      [Symbol("s"), "is a symbol;"],
      [true, "is true;"],
    ] as const) {
      const article = { title: "t", content: "c", thumb_media_id: "m", digest: "d" };
      const findings = checkArticle({ ...article, need_open_comment: flag } as never, {
        target: "draft",
      });
      expect(findings.map(({ message }) => message)).toEqual([
        `need_open_comment ${named} it must be 0 or 1.`,
      ]);
    }
  });
});
