// Headers: file names, signatures, lengths; and those that the emulator reads.

import * as fc from "fast-check";
import { dispositionName, safeName } from "../../../packages/core/src/http/file-name.ts";
import { readIncomingBody } from "../../../packages/core/src/http/incoming-body.ts";
import { KeyError, MediaError } from "../../../packages/core/src/index.ts";
import { checkId } from "../../../packages/core/src/pay/keys/looks-like.ts";
import { verifyReply } from "../../../packages/core/src/pay/verify.ts";
import { parseHeaderValue } from "../../../packages/emulator/src/http/header-parameters.ts";
import { parseAuthorization } from "../../../packages/emulator/src/pay/authorization-header.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedText } from "../mutations.ts";

const dispositions = mutatedText(
  [
    'attachment; filename="licence.jpg"',
    "attachment; filename=../../etc/passwd",
    "attachment; filename*=UTF-8''%e8%a1%97.jpg; filename=\"nul.txt\"",
    'form-data; name="media";filename="a\\"b\\\\.jpg";filelength=6;',
  ],
  ['filename="', "filename=", '\\"', "con", "..", "/", "\\"],
);
const authorization =
  'WECHATPAY2-SHA256-RSA2048 mchid="1900026201",nonce_str="a",timestamp="1796025600",serial_no="5A",signature="c2ln"';
const signed = {
  timestamp: "1796025600",
  nonce: "EgGqbIT6bT1o",
  signature: "c2lnbmF0dXJl",
  serial: "PUB_KEY_ID_1",
};
const signatureHeaders = fc.tuple(
  mutatedText([signed.timestamp, "1796025600.0", "1e9", "0x1", " 1796025600"]),
  mutatedText([signed.nonce]),
  mutatedText([signed.signature, "WECHATPAY/SIGNTEST/x"]),
  mutatedText([signed.serial, "5A3C0E9D71B84F26AC10D35E8B7F4912C6E0A1D7"]),
);
const noKeys = { ids: () => [], downloads: false, find: async () => undefined };
/** One that fits no signature. */
const { publicKey } = await crypto.subtle.generateKey(
  {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  },
  false,
  ["sign", "verify"],
);
const someKey = { what: "a key", load: async () => publicKey, loaderFor: undefined };
const anyKey = { ...noKeys, find: async () => someKey };

export const headerTargets = [
  fuzzTarget("the name in Content-Disposition", 2500, dispositions, (header) => {
    for (const name of [dispositionName(header), safeName(header)]) {
      if (name === undefined) continue;
      must(!/[\p{Cc}/\\:*?"<>|]|^[. ]|[. ]$/u.test(name), `Made the name ${JSON.stringify(name)}.`);
      const bytes = new TextEncoder().encode(name).length;
      must(bytes <= 251, `Made a name of ${bytes} bytes.`);
    }
  }),
  fuzzTarget(
    "the headers that sign a reply",
    250,
    signatureHeaders,
    async ([timestamp, nonce, signature, serial]) => {
      const values: Record<string, string> = { timestamp, nonce, signature, serial };
      const headers = { get: (name: string) => values[name.replace("wechatpay-", "")] ?? null };
      const reply = { status: 200, headers, body: new Uint8Array(2) };
      for (const keys of [noKeys, anyKey]) {
        const outcome = await outcomeOf(
          () => verifyReply(keys, reply, 1_796_025_600_000),
          ["ERR_SIGNATURE"],
        );
        must("code" in outcome, "Took a signature that nobody made.");
      }
    },
  ),
  fuzzTarget(
    "ids and serial numbers",
    1500,
    mutatedText([
      "5A3C0E9D71B84F26AC10D35E8B7F4912C6E0A1D7",
      "serial=5A:3C:0E",
      "PUB_KEY_ID_0119000262012026112200000000000001",
      "52".repeat(24),
    ]),
    async (id) => {
      const wanted = {
        pattern: /^[\dA-F]{1,40}$/i,
        wanted: "a serial number",
        own: [],
        Refusal: KeyError,
      };
      await outcomeOf(() => checkId("serialNo", id, wanted), ["ERR_KEY"]);
    },
  ),
  fuzzTarget(
    "a body with any Content-Length",
    250,
    fc.tuple(mutatedText(["5", "-1", "1048577", "1e3", "0x10", "5, 5"]), fc.nat({ max: 3000 })),
    async ([length, size]) => {
      const tooLarge = () => new MediaError("too large", { reason: "size" });
      const reader = {
        name: "read",
        shape: "{}",
        tooLarge,
        notRaw: () => new TypeError("not raw"),
      };
      const body = new Blob([new Uint8Array(size)]).stream();
      const request = {
        headers: { get: () => length },
        body,
        arrayBuffer: async () => new ArrayBuffer(0),
      };
      const outcome = await outcomeOf(() => readIncomingBody(request, reader), ["ERR_MEDIA"]);
      if ("value" in outcome) must(outcome.value.byteLength === size, "Read another length.");
    },
  ),
  fuzzTarget(
    "headers in the emulator",
    1500,
    fc.oneof(
      dispositions,
      mutatedText(["multipart/form-data; boundary=abc", 'multipart/form-data; boundary="a b";;']),
    ),
    (header) => {
      const parsed = parseHeaderValue(header);
      if (typeof parsed === "string") return;
      const { value, parameters } = parsed;
      const all = [
        value,
        ...parameters.keys(),
        ...[...parameters.values()].map((one) => one.value),
      ];
      must(all.join("").length <= header.length + 4, "Read more than there was.");
    },
  ),
  fuzzTarget(
    "Authorization in the emulator",
    1500,
    mutatedText([authorization], ['="', '",', "mchid", "WECHATPAY2-SHA256-RSA2048 "]),
    (header) => {
      const read = parseAuthorization(header, "WECHATPAY2-SHA256-RSA2048");
      if (typeof read === "object")
        must(/^\d{1,12}$/.test(read.timestamp), "Took a time that is none.");
    },
  ),
];
