import { createPublicKey } from "node:crypto";
import {
  createPayClient,
  encryptSensitive,
  type PayClientOptions,
  payRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials, merchantCertificate } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadImage } from "@wechat-edge/pay-media";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const { pay: demo, mp } = credentials;
const publicKey = demo.platformKeys.find(({ platformKeyId }) => platformKeyId.startsWith("PUB"));
const certificate = demo.platformKeys.find(({ platformKeyId }) => !platformKeyId.startsWith("PUB"));
if (publicKey === undefined || certificate === undefined) throw new Error("The demo keys changed.");
const keyAlone = { ...demo, apiV3Key: undefined, platformKeys: [publicKey] };
const picture = sampleFile("licence.jpg");

type Mode = Parameters<ReturnType<typeof createEmulator>["control"]["platform"]["setMode"]>[0];
type Options = { readonly [Name in keyof PayClientOptions]?: unknown };

/** A picture upload by a client with these options, while the platform has this state. */
function uploadWith(options: Options, mode: Mode = "both"): Promise<string> {
  const emulator = createEmulator();
  emulator.control.platform.setMode(mode);
  const all = { ...demo, retry: false, fetch: emulator.fetch, ...options } as PayClientOptions;
  return outcome(() => uploadImage(createPayClient(all), picture), emulator);
}

function applicationWith(options: Options, mode: Mode): Promise<string> {
  const emulator = createEmulator();
  emulator.control.platform.setMode(mode);
  const all = { ...demo, retry: false, fetch: emulator.fetch, ...options } as PayClientOptions;
  return outcome(async () => {
    const pay = createPayClient(all);
    const { media_id } = await uploadImage(pay, picture);
    const { ciphertext, platformKeyId } = await encryptSensitive(pay, "张三");
    const body = {
      business_code: "1900013511_10000",
      contact_info: { contact_name: ciphertext },
      subject_info: { business_license_info: { license_copy: media_id } },
    };
    const request = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
    return payRequest(pay, request, { platformKeyId });
  }, emulator);
}

const named = (input: string, options: Options, mode?: Mode): FieldCase => ({
  input,
  run: () => uploadWith(options, mode),
});

const merchantPublicKey = createPublicKey(demo.privateKey)
  .export({ type: "spki", format: "pem" })
  .toString();
const pkcs1 = (): string => {
  const key = createPublicKey(demo.privateKey);
  return key.export({ type: "pkcs1", format: "pem" }).toString();
};
const bare = (pem: string): string => pem.replace(/-----[^-]+-----/g, "").trim();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const keyRows: readonly FieldRow[] = [
  {
    id: "P1",
    about: "The public key is applied for, and 更换 is not pressed yet",
    evidence:
      "reported ([staff](https://developers.weixin.qq.com/community/develop/doc/0004e8c40b09182972936db6d69400), [1](https://developers.weixin.qq.com/community/develop/doc/000ca6ded1ce28cd2ec284aa46b800), [2](https://developers.weixin.qq.com/community/pay/doc/000ea0188709d8a38f430f6cd61000), [3](https://developers.weixin.qq.com/community/pay/doc/00048ca5b780c02a3a13f34cb6b400)).",
    cases: [
      named("the public key alone, an upload", { ...keyAlone }, "certificates"),
      named(
        "an upload, with `apiV3Key` too",
        { ...keyAlone, apiV3Key: demo.apiV3Key },
        "certificates",
      ),
      named(
        "an upload, with a wrong `apiV3Key` too",
        { ...keyAlone, apiV3Key: "x".repeat(32) },
        "certificates",
      ),
      {
        input: "an application with an encrypted name, the public key alone",
        run: () => applicationWith(keyAlone, "certificates"),
      },
      {
        input: "an application, with `apiV3Key` too",
        run: () => applicationWith({ ...keyAlone, apiV3Key: demo.apiV3Key }, "certificates"),
      },
      named(
        "the reverse: certificates alone, after the switch",
        { apiV3Key: undefined, platformKeys: [certificate] },
        "public-key",
      ),
    ],
  },
  {
    id: "P2",
    about: "A platform key that cannot be WeChat Pay's",
    evidence:
      "reported (one-hub#394, wechat-pay-rust-sdk#3, yansongda/pay#636, wechatpay-php#71, WeChatDeveloper#79, WxJava#3451).",
    cases: [
      named("the merchant's own public key under a `PUB_KEY_ID_…`", {
        platformKeys: [{ platformKeyId: publicKey.platformKeyId, key: merchantPublicKey }],
      }),
      named("the merchant's certificate under a platform serial", {
        platformKeys: [{ ...certificate, key: merchantCertificate }],
      }),
      named("the merchant's certificate under its own serial", {
        platformKeys: [{ platformKeyId: demo.serialNo, key: merchantCertificate }],
      }),
      named("a platform certificate under a `PUB_KEY_ID_…`", {
        platformKeys: [{ ...publicKey, key: certificate.key }],
      }),
      named("the public key under a certificate's serial", {
        platformKeys: [{ ...certificate, key: publicKey.key }],
      }),
      named("an id without `PUB_KEY_ID_`", {
        platformKeys: [{ ...publicKey, platformKeyId: publicKey.platformKeyId.slice(11) }],
      }),
      named("`PUB_KEY_ID` without its last underscore", {
        platformKeys: [
          { ...publicKey, platformKeyId: publicKey.platformKeyId.replace("ID_", "ID") },
        ],
      }),
      named("`PUB_KEY_ID_` twice", {
        platformKeys: [{ ...publicKey, platformKeyId: `PUB_KEY_ID_${publicKey.platformKeyId}` }],
      }),
      named("the id in lower case", {
        platformKeys: [{ ...publicKey, platformKeyId: publicKey.platformKeyId.toLowerCase() }],
      }),
      named("the merchant's private key as platform key", {
        platformKeys: [{ ...publicKey, key: demo.privateKey }],
      }),
      named("the merchant's certificate as `privateKey`", { privateKey: merchantCertificate }),
      named("the private key as `apiV3Key`", { apiV3Key: demo.privateKey }),
      named("an AppSecret as `apiV3Key`, with certificates alone", {
        apiV3Key: mp.secret,
        platformKeys: [],
      }),
    ],
  },
  {
    id: "P3",
    about: "A key as people paste it",
    evidence:
      "reported (flarebase-auth#2, vercel#749, nextjs-gcp-storage#2, coolify#6384, box-node-sdk#259, gopay#136, node-jsonwebtoken#517, wechatpay-axios-plugin#13). It concerns this library alone.",
    cases: [
      named("a backslash and an n for each line end", {
        privateKey: demo.privateKey.replaceAll("\n", "\\n"),
      }),
      named("the same in double quotes", {
        privateKey: `"${demo.privateKey.replaceAll("\n", "\\n")}"`,
      }),
      named("a backslash and an n, doubled", {
        privateKey: demo.privateKey.replaceAll("\n", "\\\\n"),
      }),
      named("CRLF", { privateKey: demo.privateKey.replaceAll("\n", "\r\n") }),
      named("all on one line, with blanks", { privateKey: demo.privateKey.replaceAll("\n", " ") }),
      named("indented, with a byte order mark", {
        privateKey: `\ufeff${demo.privateKey.replaceAll("\n", "\n    ")}`,
      }),
      named("without its BEGIN and END lines", { privateKey: bare(demo.privateKey) }),
      named("base64 of the whole file", {
        privateKey: Buffer.from(demo.privateKey).toString("base64"),
      }),
      named("the bytes of the file", { privateKey: utf8(demo.privateKey) }),
      named("the bytes of the file in UTF-16, high byte first", {
        privateKey: new Uint8Array(Buffer.from(`\ufeff${demo.privateKey}`, "utf16le").swap16()),
      }),
      named("URL encoding", { privateKey: encodeURIComponent(demo.privateKey) }),
      named("a blank for each `+`, as a web form has it", {
        privateKey: demo.privateKey.replaceAll("+", " "),
      }),
      named("dashes for hyphens, as editors write them", {
        privateKey: demo.privateKey.replaceAll("-----", "\u2014\u2013"),
      }),
      named("all blanks dropped", { privateKey: demo.privateKey.replaceAll(/\s/g, "") }),
      named("DER", { privateKey: new Uint8Array(Buffer.from(bare(demo.privateKey), "base64")) }),
      named("the platform key as bytes, with `\\n`", {
        platformKeys: [{ ...publicKey, key: utf8(publicKey.key.replaceAll("\n", "\\n")) }],
      }),
      named("an ellipsis in the middle", {
        privateKey: demo.privateKey.replace(/\n(.{20})/, "\n$1…"),
      }),
      named("DER that was read as text", {
        privateKey: Buffer.from(bare(demo.privateKey), "base64").toString(),
      }),
      named("lines in quotes with `+` between, as JavaScript and Java have them", {
        privateKey: demo.privateKey.replaceAll("\n", '\\n" +\n"'),
      }),
      named("cut off", {
        privateKey: `${demo.privateKey.slice(0, 900)}\n-----END PRIVATE KEY-----`,
      }),
      named("a path", { privateKey: "./apiclient_key.pem" }),
      named("a PKCS#1 public key as platform key", {
        platformKeys: [{ ...publicKey, key: pkcs1() }],
      }),
    ],
  },
  {
    id: "P6",
    about: "A list of platform certificates that is empty",
    evidence:
      "reported ([staff](https://developers.weixin.qq.com/community/personal/oCJUsww_D7fM-yG9ntSW-DlVBCU0)).",
    cases: [
      certificateList('`{"data":[]}`', '{"data":[]}'),
      certificateList('`{"data": [ ]}` with a public key given too', '{"data": [ ]}', [publicKey]),
      certificateList('`{"data":null}`', '{"data":null}'),
      certificateList("`{}`", "{}"),
      named("404 无可用的平台证书", { platformKeys: [] }, "public-key"),
    ],
  },
  {
    id: "P8",
    about: "A serial number as programs print it",
    evidence: "reported (Java's `toString(16)` prints lower case, openssl prints `serial=`).",
    cases: [
      named("lower case", { serialNo: demo.serialNo.toLowerCase() }),
      named("colons", { serialNo: demo.serialNo.replace(/(..)(?=.)/g, "$1:") }),
      named("`serial=…`", { serialNo: `serial=${demo.serialNo}` }),
      named("a blank at the end", { serialNo: `${demo.serialNo} ` }),
      named("`0x…`", { serialNo: `0x${demo.serialNo}` }),
      named("in quotes", { serialNo: `"${demo.serialNo}"` }),
      named("bytes with blanks, as certutil prints them", {
        serialNo: demo.serialNo.toLowerCase().replace(/(..)(?=.)/g, "$1 "),
      }),
      named("a decimal number, as Go and Java have it", {
        serialNo: BigInt(`0x${demo.serialNo}`).toString(),
      }),
      named("a byte `00:` before it", {
        serialNo: `00:${demo.serialNo.replace(/(..)(?=.)/g, "$1:")}`,
      }),
      named("`SerialNumber: [ … ]`, as Java prints it", {
        serialNo: `SerialNumber: [    ${demo.serialNo.toLowerCase().replace(/(.{8})(?=.)/g, "$1 ")}]`,
      }),
      named("a label in Chinese", { serialNo: `证书序列号：${demo.serialNo}` }),
    ],
  },
];

function certificateList(
  input: string,
  body: string,
  platformKeys: PayClientOptions["platformKeys"] = [],
): FieldCase {
  return {
    input,
    run() {
      const emulator = createEmulator();
      const fetch = async (url: string, init: RequestInit): Promise<Response> =>
        url.endsWith("/v3/certificates")
          ? new Response(body, { headers: { "content-type": "application/json" } })
          : emulator.fetch(url, init);
      const options = { ...demo, platformKeys, retry: false, fetch } as PayClientOptions;
      return outcome(() => uploadImage(createPayClient(options), picture), emulator);
    },
  };
}
