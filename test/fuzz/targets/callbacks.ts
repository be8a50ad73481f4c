// What anybody may send to an address of ours: messages, pushes to a platform, notifications of WeChat Pay. Some are
// forged; some are signed and sealed as WeChat does it, with something wrong inside.

import { createMpClient, createPayClient } from "@wechat-edge/core";
import { readMessage, readVerification } from "@wechat-edge/core/mp-messages";
import { createMpPlatform, readPlatformPush } from "@wechat-edge/core/mp-platform";
import { answerNotification, readNotification } from "@wechat-edge/core/pay-notifications";
import { credentials } from "@wechat-edge/emulator";
import * as fc from "fast-check";
import { decodeEncodingAesKey } from "../../../packages/core/src/mp-messages/encoding-aes-key.ts";
import {
  type EnvelopeSecrets,
  sealEnvelope,
} from "../../../packages/core/src/mp-messages/envelope.ts";
import { readFields } from "../../../packages/core/src/mp-messages/fields.ts";
import { parseXml } from "../../../packages/core/src/mp-messages/xml.ts";
import {
  platformPublicKey,
  platformPublicKeyId,
} from "../../../packages/emulator/src/demo/keys.ts";
import { aesGcmEncrypt } from "../../../packages/emulator/src/pay/aes-gcm.ts";
import { publicPlatformKey } from "../../../packages/emulator/src/pay/platform/keys.ts";
import { signatureHeaders } from "../../../packages/emulator/src/pay/signature-headers.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedBytes, mutatedJson, mutatedText } from "../mutations.ts";

const NOW = Date.UTC(2026, 11, 1, 8);
const timestamp = String(NOW / 1000);
const now = (): number => NOW;
const encoder = new TextEncoder();
const noFetch = async (): Promise<Response> => Response.error();

const { messageToken, encodingAESKey } = credentials.platform;
const mp = createMpClient({ ...credentials.mp, messageToken, encodingAESKey, now, fetch: noFetch });
const inClear = createMpClient({ ...credentials.mp, messageToken, now, fetch: noFetch });
const platform = createMpPlatform({
  ...credentials.platform,
  tokenStore: new Map<string, string>(),
  now,
  fetch: noFetch,
});
const keys = [decodeEncodingAesKey(encodingAESKey)];

// Shapes of suites of XML attacks (XXE, entities that grow, broken nesting); the texts are made here.
const messages = [
  "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1796025600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[街&<]]></Content><MsgId>12345678901234567</MsgId></xml>",
  "<xml><FromUserName>o&#x31;</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>PUBLISHJOBFINISH</Event><PublishEventInfo><publish_id>1</publish_id><article_detail><count>1</count><item><idx>1</idx></item></article_detail></PublishEventInfo></xml>",
  '{"FromUserName":"o1","CreateTime":1,"MsgType":"text","MsgId":12345678901234567890}',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><xml><a>&c;</a></xml>',
  "<xml>".repeat(40),
  "<xml><InfoType>component_verify_ticket</InfoType><ComponentVerifyTicket>ticket@@@a</ComponentVerifyTicket><CreateTime>1</CreateTime></xml>",
];
const tokens = [
  "<",
  "</",
  "<xml>",
  "</xml>",
  "<![CDATA[",
  "]]>",
  "&#x",
  "&lt;",
  "<?xml ",
  "<!--",
  "<!DOCTYPE ",
];
const message = mutatedText(messages, tokens);
const signatures = mutatedText(["a".repeat(40), "0123456789abcdef0123456789abcdef01234567"]);

const sealing = async (appid: string, text: string): Promise<{ url: string; body: string }> => {
  const secrets: EnvelopeSecrets = { token: messageToken, keys, appid };
  const sealed = await sealEnvelope(secrets, { message: text, timestamp, nonce: "n" });
  const query = new URLSearchParams({ msg_signature: sealed.signature, timestamp, nonce: "n" });
  return {
    url: `/wechat?${query}`,
    body: `<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`,
  };
};
const genuine = await sealing(credentials.mp.appid, messages[0] ?? "");

const pay = createPayClient({
  ...credentials.pay,
  platformKeys: [{ platformKeyId: platformPublicKeyId, key: platformPublicKey }],
  apiV3Key: credentials.pay.apiV3Key,
  now,
  fetch: noFetch,
  retry: { attempts: 1 },
});
const { apiV3Key, mchid } = credentials.pay;
const resource = JSON.stringify({ mchid, out_trade_no: "1", trade_state: "SUCCESS" });
const ciphertext = await aesGcmEncrypt(apiV3Key, "849927e8de6f", "transaction", resource);
const notification = {
  id: "EV-1",
  create_time: "2026-12-01T16:00:00+08:00",
  resource_type: "encrypt-resource",
  event_type: "TRANSACTION.SUCCESS",
  summary: "支付成功",
  resource: {
    original_type: "transaction",
    algorithm: "AEAD_AES_256_GCM",
    ciphertext,
    associated_data: "transaction",
    nonce: "849927e8de6f",
  },
};
const ofNotification = JSON.stringify(notification);
const signing = { clock: { now }, scheme: "WECHATPAY2-SHA256-RSA2048" } as const;
const headersOf = (body: Uint8Array) =>
  signatureHeaders(publicPlatformKey, signing, body, undefined);
const genuineHeaders = await headersOf(encoder.encode(ofNotification));

/** Those that are signed, or sign. */
const names = Object.keys(genuineHeaders).filter((name) => !name.endsWith("type"));
const headerEdit = fc
  .tuple(
    fc.constantFrom(...names),
    mutatedText(Object.values(genuineHeaders), ["WECHATPAY/SIGNTEST/", "PUB_KEY_ID_"]),
  )
  .map(([name, value]) => ({ ...genuineHeaders, [name]: value }));

export const callbackTargets = [
  fuzzTarget("the XML of messages", 2500, message, (text) => {
    const root = parseXml(text);
    if (root === undefined) return;
    must(
      !/<!DOCTYPE|<!ENTITY/.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "")),
      "Took a DOCTYPE.",
    );
    must(
      JSON.stringify(root).length <= 40 * text.length,
      "What was read is far larger than the text.",
    );
  }),
  fuzzTarget(
    "the fields of messages",
    800,
    mutatedBytes(messages.map((text) => encoder.encode(text))),
    async (bytes) => {
      await outcomeOf(() => readFields(bytes), ["ERR_MESSAGE"]);
    },
  ),
  fuzzTarget(
    "requests with forged messages",
    500,
    fc.tuple(
      mutatedText([genuine.url], ["&", "%", "?", "#", "="]),
      mutatedText([genuine.body], tokens),
    ),
    async ([url, body]) => {
      const outcome = await outcomeOf(() => readMessage(mp, { url, body }), ["ERR_MESSAGE"]);
      if ("value" in outcome)
        must(isUnchanged(outcome.value), "Read a message that WeChat did not send.");
      await outcomeOf(() => readVerification(mp, { url }), ["ERR_MESSAGE"]);
      await outcomeOf(() => readPlatformPush(platform, { url, body }), ["ERR_MESSAGE"]);
    },
  ),
  fuzzTarget("signed messages with anything inside", 200, message, async (text) => {
    const codes = ["ERR_MESSAGE"];
    const request = await sealing(credentials.mp.appid, text.toWellFormed());
    const outcome = await outcomeOf(() => readMessage(mp, request), codes);
    if ("value" in outcome) {
      const { MsgType, FromUserName, CreateTime } = outcome.value;
      must(
        [MsgType, FromUserName].every((one) => typeof one === "string"),
        "A field is no text.",
      );
      must(typeof CreateTime === "number", "CreateTime is no number.");
    }
    const push = await sealing(credentials.platform.component_appid, text.toWellFormed());
    await outcomeOf(() => readPlatformPush(platform, push), codes);
  }),
  fuzzTarget(
    "messages in clear text",
    200,
    fc.tuple(message, signatures),
    async ([body, signature]) => {
      const url = `/wechat?signature=${encodeURIComponent(signature.toWellFormed())}&timestamp=${timestamp}&nonce=n`;
      const outcome = await outcomeOf(() => readMessage(inClear, { url, body }), ["ERR_MESSAGE"]);
      must("code" in outcome, "Read a message without a signature.");
    },
  ),
  fuzzTarget(
    "requests with forged notifications",
    200,
    fc.tuple(headerEdit, mutatedText([ofNotification])),
    async ([headers, body]) => {
      const request = { headers, body: encoder.encode(body) };
      const outcome = await outcomeOf(
        () => readNotification(pay, request),
        ["ERR_SIGNATURE", "ERR_NOTIFICATION"],
      );
      if (!("value" in outcome)) return;
      must(
        JSON.stringify(headers).replace(/\s/g, "") === JSON.stringify(genuineHeaders),
        "Took other headers.",
      );
      must(body === ofNotification, "Read a notification that WeChat Pay did not send.");
    },
  ),
  fuzzTarget(
    "signed notifications with anything inside",
    100,
    fc.oneof(
      mutatedJson([notification]).map((one) => JSON.stringify(one) ?? ""),
      mutatedText([ofNotification]),
    ),
    async (text) => {
      const body = encoder.encode(text);
      const request = { headers: await headersOf(body), body };
      const codes = ["ERR_NOTIFICATION", "ERR_KEY"];
      const outcome = await outcomeOf(() => readNotification(pay, request), codes);
      if (!("value" in outcome)) return;
      must(outcome.value.resource["mchid"] === mchid, "Read what is sealed for nobody.");
      must(answerNotification().status < 300, "The answer is no success.");
    },
  ),
];

/** Blanks around the text, or another way of writing the query, do not change what was signed. */
function isUnchanged(read: object): boolean {
  const text = JSON.stringify(read);
  return text.includes('"Content":"街&<"') && text.includes("12345678901234567");
}
