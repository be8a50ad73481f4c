import { base64Decode, base64Encode } from "../bytes/base64.ts";
import type { Fault } from "../faults/fault.ts";
import { faultedRequest, noteFault } from "../http/exchange.ts";
import { admit } from "./admit.ts";
import { aesGcmEncrypt } from "./aes-gcm.ts";
import { isPayError, notFound, type PayError, parameterError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { newSealNonce } from "./ids.ts";
import { issueCertificate } from "./platform/issue.ts";
import { strayCertificate } from "./platform/keys.ts";
import type { ListedCertificate } from "./platform/state.ts";
import { errorResponse } from "./reply.ts";
import { rfc3339 } from "./rfc3339.ts";
import { signedAnswer } from "./signed-answer.ts";

const ASSOCIATED_DATA = "certificate";

/** The documented text. */
const NO_CERTIFICATES: PayError = notFound(
  "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html",
);

/** Flips the lowest bit of the tag, which ends the ciphertext. */
function flipTag(ciphertext: string): string {
  const bytes = base64Decode(ciphertext) ?? new Uint8Array();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return base64Encode(bytes);
}

const anotherKey = (apiV3Key: string): string => (apiV3Key.startsWith("0") ? "1" : "0").repeat(32);

interface Entry {
  serial_no: string;
  effective_time: string;
  expire_time: string;
  encrypt_certificate?: {
    algorithm: "AEAD_AES_256_GCM";
    nonce: string;
    associated_data: string;
    ciphertext: string;
  };
}

async function sealed(
  { certificate: { id, publicKey }, effectiveTime, expireTime }: ListedCertificate,
  apiV3Key: string,
  fault: Fault | undefined,
): Promise<Entry> {
  const entry = {
    serial_no: id,
    effective_time: rfc3339(effectiveTime),
    expire_time: rfc3339(expireTime),
  };
  const garbage = fault?.kind === "certificates-garbage" ? fault : undefined;
  if (garbage?.form === "missing-fields") return entry;
  const pem = garbage
    ? "This is no certificate."
    : await issueCertificate({ serialNo: id, publicKey, from: effectiveTime, until: expireTime });
  const key = fault?.kind === "certificates-wrong-key" ? anotherKey(apiV3Key) : apiV3Key;
  const nonce = newSealNonce();
  const ciphertext = await aesGcmEncrypt(key, nonce, ASSOCIATED_DATA, pem);
  return {
    ...entry,
    encrypt_certificate: {
      algorithm: "AEAD_AES_256_GCM",
      nonce,
      associated_data: ASSOCIATED_DATA,
      ciphertext: fault?.kind === "certificates-wrong-tag" ? flipTag(ciphertext) : ciphertext,
    },
  };
}

/** Oldest first. A fault changes the newest entry only, but "certificates-wrong-key" changes all. */
async function entries(
  listed: readonly ListedCertificate[],
  apiV3Key: string,
  fault: Fault | undefined,
): Promise<Entry[]> {
  const shown = [...listed];
  const newest = shown.at(-1);
  if (fault?.kind === "certificates-self-signed" && newest) {
    shown.push({ ...newest, certificate: strayCertificate });
  }
  const data = await Promise.all(
    shown.map((each, at) => {
      const spoilt = at === shown.length - 1 || fault?.kind === "certificates-wrong-key";
      return sealed(each, apiV3Key, spoilt ? fault : undefined);
    }),
  );
  return fault?.kind === "certificates-reversed" ? data.reverse() : data;
}

/** The algorithm in the query; SM2 is not emulated (assumed: an empty list). */
function askedAlgorithm({ request }: PayExchange): "RSA" | "SM2" | PayError {
  const asked = request.url.searchParams.get("algorithm_type") ?? "RSA";
  if (asked === "SM2") return "SM2";
  if (asked === "RSA" || asked === "ALL") return "RSA";
  const issue = "algorithm_type must be RSA, SM2 or ALL";
  return parameterError("参数错误", "algorithm_type", issue, "query");
}

/** Answers a download of the platform certificates. */
export async function answerCertificates(exchange: PayExchange): Promise<Response> {
  const { request, pay, faults } = exchange;
  const identity = await admit(exchange, new Uint8Array());
  if (isPayError(identity)) return errorResponse(exchange, identity);
  if (pay.platform.mode === "public-key") return errorResponse(exchange, NO_CERTIFICATES);
  const algorithm = askedAlgorithm(exchange);
  if (typeof algorithm !== "string") return errorResponse(exchange, algorithm);
  const listed = algorithm === "RSA" ? pay.platform.listing() : [];
  const fault = faults.take("certificates", faultedRequest(exchange));
  if (fault) noteFault(exchange, fault);
  const data = await entries(listed, identity.merchant.apiV3Key, fault);
  const signer = fault?.kind === "certificates-self-signed" ? strayCertificate : undefined;
  return signedAnswer(exchange, { data }, `GET ${request.target}`, signer);
}
