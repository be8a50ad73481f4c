// Replies: JSON of both APIs, almost JSON, and what stands in its place.

import * as fc from "fast-check";
import type { JsonObject, Reply } from "../../../packages/core/src/http/reply.ts";
import { objectOf, parseObject, retryAfterOf } from "../../../packages/core/src/http/reply.ts";
import { parseMpObject } from "../../../packages/core/src/mp/json.ts";
import { tokenSecret } from "../../../packages/core/src/mp/redact.ts";
import { mpReplyObject } from "../../../packages/core/src/mp/reply.ts";
import { readToken } from "../../../packages/core/src/mp/tokens/issue.ts";
import { payReplyError, payReplyObject } from "../../../packages/core/src/pay/reply.ts";
import { parseJsonObject } from "../../../packages/emulator/src/http/json-object.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedBytes, mutatedJson, mutatedText } from "../mutations.ts";

const SIGNED = "POST\n/v3/merchant/media/upload\n1796025600\nABCDEF\n{}\n";
const signInformation = {
  method: "POST",
  url: "/v3/merchant/media/upload",
  truncated_sign_message: SIGNED,
  sign_message_length: SIGNED.length,
};

const corpus: readonly unknown[] = [
  { access_token: "TOKEN", expires_in: 7200 },
  { access_token: "TOKEN", expires_in: "7200" },
  { errcode: 0, errmsg: "ok" },
  { errcode: 40001, errmsg: "invalid credential hint: [TBkgwa0494d106] rid: 6584fd9e-56fbbc7e-1" },
  { ret: 1, msg: "failed" },
  { errcode: "40001", errmsg: null },
  { media_id: "MEDIA", url: "https://mmbiz.qpic.cn/a", item: [] },
  { total_count: 1, item_count: 1, item: [{ media_id: "M", content: { news_item: [{}] } }] },
  { code: "SIGN_ERROR", message: "签名错误", detail: { sign_information: signInformation } },
  { code: "PARAM_ERROR", message: "参数错误", detail: { field: "/meta", issue: [] } },
  { code: "FREQUENCY_LIMIT_EXCEED", message: "操作过快" },
  { data: [] },
];

const texts = [
  ...corpus.map((value) => JSON.stringify(value)),
  JSON.stringify(corpus, undefined, 2),
  '\ufeff{"errcode":0,\n"errmsg":"a\tb\u0001c","id":12345678901234567890}',
  '{"title":"C:\\\\dir\\new \\x","n":-12345678901234567.5e3}',
  '{"errcode":40001,"errmsg":"\\ud800 cut',
  "<!doctype html><title>502 Bad Gateway</title>",
  "",
];
const encoder = new TextEncoder();
const bodies = fc.oneof(
  mutatedText(texts, ['"errcode":', '"ret":', "rid:", "hint: [", '"detail":']).map((text) =>
    encoder.encode(text),
  ),
  mutatedJson(corpus).map((value) => encoder.encode(JSON.stringify(value) ?? "")),
  mutatedBytes(texts.map((text) => encoder.encode(text))),
);

const headers = mutatedText([
  "application/json; charset=utf-8",
  "text/html",
  "120",
  "-1",
  "9".repeat(400),
]);
const replies = fc
  .record({
    body: bodies,
    status: fc.constantFrom(200, 204, 301, 400, 401, 404, 405, 412, 429, 500, 503),
    header: headers,
  })
  .map(
    ({ body, status, header }): Reply => ({
      status,
      headers: { get: () => header },
      body: new Uint8Array(body),
    }),
  );

const isObject = (value: unknown): boolean => objectOf(value) === value && value !== undefined;

export const jsonTargets = [
  fuzzTarget("JSON of an Official Account, mended or not", 1500, bodies, (body) => {
    const strict = parseObject(body);
    const read = parseMpObject(body);
    must(read === undefined || isObject(read), "Read something else than an object.");
    must(strict === undefined || read !== undefined, "Refused what is JSON.");
    // A number too long for JavaScript becomes a text; nothing else may become something else.
    if (strict === undefined || read === undefined) return;
    must(sameNames(strict, read), "Names differ from those of JSON.parse.");
  }),
  fuzzTarget("replies of an Official Account", 800, replies, async (reply) => {
    const codes = ["ERR_REPLY", "ERR_MP_API"];
    const outcome = await outcomeOf(
      () => mpReplyObject(reply, "/cgi-bin/a", 0, tokenSecret("T")),
      codes,
    );
    if (!("value" in outcome)) return;
    must(isObject(outcome.value), "Returned something else than an object.");
    const { errcode = 0, ret = 0 } = outcome.value;
    must(Number(errcode) === 0 && Number(ret) === 0, "Returned an error as a success.");
    const token = await outcomeOf(() => readToken(outcome.value, "/cgi-bin/token"), ["ERR_REPLY"]);
    if (!("value" in token)) return;
    const { value, lifetime } = token.value;
    must(/^[\x21-\x7e]+$/.test(value) && lifetime > 0, `Took a token for ${lifetime} s.`);
  }),
  fuzzTarget("replies of WeChat Pay", 800, replies, async (reply) => {
    const error = payReplyError(reply, encoder.encode(SIGNED), 0);
    must(["ERR_PAY_API", "ERR_REPLY"].includes(error.code), `Made ${error.code}.`);
    await outcomeOf(() => payReplyObject(reply), ["ERR_REPLY"]);
    const asked = retryAfterOf(reply, 0);
    must(asked === undefined || asked >= 0, `Waits ${asked} ms.`);
  }),
  fuzzTarget("JSON that the emulator is sent", 800, bodies, (body) => {
    const read = parseJsonObject(new Uint8Array(body));
    must(read === undefined || isObject(read), "Read something else than an object.");
  }),
];

function sameNames(one: JsonObject, other: JsonObject): boolean {
  return Object.keys(one).join("\0") === Object.keys(other).join("\0");
}
