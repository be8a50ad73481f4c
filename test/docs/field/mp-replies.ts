import { createMpClient, type Fetch, mpRequest } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { downloadMedia } from "@wechat-edge/mp-media";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const { appid } = credentials.mp;

type Bytes = readonly (string | readonly number[])[];

const bytes = (parts: Bytes): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...new TextEncoder().encode(part)] : part,
    ),
  );

/** A server that answers these bytes, as text. */
function answering(parts: Bytes) {
  const headers = { "content-type": "text/plain" };
  const fetch = async (): Promise<Response> => new Response(bytes(parts), { headers });
  return createMpClient({ appid, getAccessToken: () => "TOKEN", fetch, retry: false });
}

const USER = { method: "GET", path: "/cgi-bin/user/info" };

const read = (input: string, ...parts: Bytes): FieldCase => ({
  input,
  run: () => outcome(() => mpRequest(answering(parts), USER)),
});

const downloaded = (input: string, ...parts: Bytes): FieldCase => ({
  input,
  run: () => outcome(() => downloadMedia(answering(parts), { media_id: "M" })),
});

/** A call that WeChat refuses with this number, in its own words; the emulator does not have every call. */
const refused = (errcode: number, path: string): FieldCase => ({
  input: `${errcode} to \`${path}\``,
  run() {
    const emulator = createEmulator({ errmsgTail: "none" });
    const known = "/cgi-bin/draft/batchget";
    emulator.control.faults.add({ kind: "mp-error", errcode, match: { path: known } });
    const fetch: Fetch = (url, init) => emulator.fetch(url.replace(path, known), init);
    const mp = createMpClient({ appid, getAccessToken: () => "TOKEN", fetch });
    return outcome(() => mpRequest(mp, { method: "POST", path, body: {} }));
  },
});

const DRAFT = "/cgi-bin/draft/add";
const TOKEN = "/cgi-bin/component/api_authorizer_token";

/** M7, M16. */
export const mpReplyRows: readonly FieldRow[] = [
  {
    id: "M7",
    about:
      "JSON that is almost JSON: raw control characters in a text, bytes that are not UTF-8, backslashes that escape nothing. It is read all the same; what cannot be read is called broken JSON. Ids keep all their digits.",
    evidence:
      "reported: node-webot/co-wechat-api#63 #64 #75, node-webot/wechat-api#49, wechatpy/wechatpy#154, w7corp/easywechat#2091",
    cases: [
      read("a raw backspace and line end in a text", '{"city":"\b","province":"\n61.151.217.158"}'),
      read("a raw tab and a zero character", '{"nickname":"a\tb\u0000c"}'),
      read(
        "slashes escaped as WeChat does, beside them a raw U+0001",
        '{"url":"http:\\/\\/a","x":"\u0001"}',
      ),
      read("a zero byte after the JSON", '{"subscribe":1}\u0000'),
      read("a text in GBK", '{"nickname":"', [0xcd, 0xf5, 0xbe, 0xfc], '","sex":1}'),
      read(
        "a text in GBK that ends in the byte of a backslash",
        '{"nickname":"',
        [0xd5, 0x5c],
        '","sex":1}',
      ),
      read(
        "a text in GBK whose last byte but one ends a character of UTF-8",
        '{"nickname":"',
        [0xb5, 0xc6, 0x81, 0x5c],
        '","sex":1}',
      ),
      read("two byte order marks", [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '{"subscribe":1}'),
      read("a raw line end in a name", '{"nick\nname":"a"}'),
      read("UTF-16", Array.from('{"errcode":40001}', (letter) => `${letter}\u0000`).join("")),
      read("a comma too many", '{"subscribe":1,}'),
      read("JSON with a page behind it", '{"subscribe":1}<script></script>'),
      read("a character cut in half", '{"nickname":"', [0xe4, 0xbd], '","sex":1}'),
      read("backslashes that escape nothing", '{"remark":"C:\\work \\u12"}'),
      read("a byte order mark", [0xef, 0xbb, 0xbf], '{"subscribe":1}'),
      read("an id of 64 bits", '{"msg_data_id":9223372036854775807}'),
      read("an error with a raw line end", '{"errcode":45009,"errmsg":"reach max\n quota"}'),
      downloaded(
        "an error in place of a picture, with a raw tab",
        '{"errcode":40007,"errmsg":"invalid\tmedia_id"}',
      ),
      read("JSON that was cut", '{"subscribe":1,"nick'),
      read("a quotation mark in a text, not escaped", '{"nickname":"a"b"}'),
      read("a page", "<html>log in</html>"),
    ],
  },
  {
    id: "M16",
    about: "A refusal of WeChat is a number with a few words. The error says what to do about it.",
    evidence:
      "reported: wenyan-mcp#7 (88000), niefy/wx-api#66 and JeffreySu/WeiXinMPSDK#3085 (45106); the others are documented in 全局返回码 and the pages of the calls",
    cases: [
      refused(45166, DRAFT),
      refused(88000, DRAFT),
      refused(45002, DRAFT),
      refused(45003, DRAFT),
      refused(45004, DRAFT),
      refused(45008, DRAFT),
      refused(45106, "/cgi-bin/material/add_news"),
      refused(47001, DRAFT),
      refused(53404, DRAFT),
      refused(53405, DRAFT),
      refused(53406, DRAFT),
      refused(87014, DRAFT),
      refused(88001, "/cgi-bin/comment/open"),
      ...[88002, 88003, 88004, 88005, 88007, 88008, 88009, 88010].map((errcode) =>
        refused(errcode, "/cgi-bin/comment/reply/add"),
      ),
      refused(89501, "/cgi-bin/token"),
      ...[
        61003, 61004, 61005, 61006, 61007, 61008, 61009, 61010, 61011, 61012, 61013, 61014, 61015,
        61016, 61017, 61018, 61019, 61020, 61021, 61022, 61023,
      ].map((errcode) => refused(errcode, TOKEN)),
    ],
  },
];
