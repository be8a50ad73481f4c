import { parseJsonObject } from "../http/json-object.ts";
import { admit, checkAskedKey, type Identity } from "./admit.ts";
import type { Applyment, AskedApplyment } from "./applyments.ts";
import { askedKeyId } from "./asked-key.ts";
import { invalidRequest, isPayError, notFound, type PayError, parameterError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { errorResponse } from "./reply.ts";
import { oaepDecrypt, oaepEncrypt } from "./rsa-oaep.ts";
import { signedAnswer } from "./signed-answer.ts";

// A part of 特约商户进件, to test a call that needs both a media_id and an encrypted field.
// Documented: paths, names of the fields, the two texts about Wechatpay-Serial. Reported: the text
// for a field that cannot be decrypted (wechatpay-java issue 234). Assumed: everything else.

const CONTACT_NAME = "/contact_info/contact_name";
/** An id of another upload is useless here (documented: 图片上传 is named). */
const IMAGE_PATH = "/v3/merchant/media/upload";

const LICENSE_COPY = "/subject_info/business_license_info/license_copy";

const fieldError = (field: string, issue: string): PayError =>
  parameterError("参数错误", field, issue);

/** The value at a JSON pointer of plain names (RFC 6901). */
function at(body: unknown, pointer: string): unknown {
  let value = body;
  for (const name of pointer.split("/").slice(1)) {
    const known = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    value = known ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}

function text(body: unknown, pointer: string): string | PayError {
  const value = at(body, pointer);
  if (typeof value === "string" && value !== "") return value;
  return fieldError(pointer, value === undefined ? "is missing" : "must be a non-empty string");
}

function readJson({ request }: PayExchange): { body: object } | PayError {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return invalidRequest("Content-Type", "must be application/json", "header");
  }
  const body = parseJsonObject(request.body);
  return body === undefined ? fieldError("body", "is not a JSON object") : { body };
}

/** Decrypts with the platform key that Wechatpay-Serial names. */
async function decryptField(
  exchange: PayExchange,
  pointer: string,
  ciphertext: string,
): Promise<{ plain: string } | PayError> {
  const key = exchange.pay.platform.keyOf(askedKeyId(exchange) ?? "");
  const plain = key && (await oaepDecrypt(key.privateKey, ciphertext));
  if (plain) return { plain };
  const issue = "cannot be decrypted with the key that Wechatpay-Serial names";
  return parameterError("平台私钥解密失败", pointer, issue);
}

async function take(
  exchange: PayExchange,
  { merchant: { mchid } }: Identity,
): Promise<Applyment | PayError> {
  const { pay } = exchange;
  const json = readJson(exchange);
  if (isPayError(json)) return json;
  if (askedKeyId(exchange) === null) {
    return parameterError("HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)");
  }
  const unknown = checkAskedKey(exchange);
  if (unknown) return unknown;
  const business_code = text(json.body, "/business_code");
  if (typeof business_code !== "string") return business_code;
  const ciphertext = text(json.body, CONTACT_NAME);
  if (typeof ciphertext !== "string") return ciphertext;
  const license_copy = text(json.body, LICENSE_COPY);
  if (typeof license_copy !== "string") return license_copy;
  const contactName = await decryptField(exchange, CONTACT_NAME, ciphertext);
  if (isPayError(contactName)) return contactName;
  // The client does not know the id of a picture that was answered with a URL.
  const stored = pay.media
    .all()
    .some(
      (media) =>
        media.media_id === license_copy && media.mchid === mchid && media.path === IMAGE_PATH,
    );
  if (!stored) return fieldError(LICENSE_COPY, "is not a media_id of this merchant");
  if (pay.applyments.find(mchid, { business_code })) {
    return fieldError("/business_code", "has been used before");
  }
  return pay.applyments.add({
    mchid,
    business_code,
    contact_name: contactName.plain,
    license_copy,
  });
}

/** Answers `POST /v3/applyment4sub/applyment/`. */
export async function answerApplyment(exchange: PayExchange): Promise<Response> {
  const { request } = exchange;
  const identity = await admit(exchange, request.body);
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const taken = await take(exchange, identity);
  if (isPayError(taken)) return errorResponse(exchange, taken);
  const repeated = `POST ${request.target} ${new TextDecoder().decode(request.body)}`;
  return signedAnswer(exchange, { applyment_id: taken.applyment_id }, repeated);
}

/**
 * Answers a query about an applyment. WeChat's own answer has no contact name; here it is an example
 * of a field encrypted for the merchant (assumed).
 */
export async function answerApplymentState(
  exchange: PayExchange,
  asked: AskedApplyment,
): Promise<Response> {
  const identity = await admit(exchange, new Uint8Array());
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const { merchant } = identity;
  const applyment = exchange.pay.applyments.find(merchant.mchid, asked);
  if (applyment === undefined) return errorResponse(exchange, notFound("申请单不存在"));
  const { business_code, applyment_id, contact_name } = applyment;
  const result = {
    business_code,
    applyment_id,
    applyment_state: "APPLYMENT_STATE_AUDITING",
    applyment_state_msg: "审核中",
    contact_info: { contact_name: await oaepEncrypt(merchant.verifyKey, contact_name) },
  };
  return signedAnswer(exchange, result, `GET ${exchange.request.target}`);
}
