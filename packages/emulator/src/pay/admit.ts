import { askedKeyId } from "./asked-key.ts";
import { type Authorization, parseAuthorization } from "./authorization-header.ts";
import { isPayError, type PayError, parameterError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import type { CertificateState, MerchantRegion, SeededMerchant } from "./merchants.ts";
import { isBrand } from "./scheme.ts";
import { signError } from "./sign-error.ts";
import { rsaVerify, signatureMessage } from "./signature.ts";

const MAX_SKEW_SECONDS = 300;

const unauthorized = (message: string): PayError => ({ status: 401, code: "SIGN_ERROR", message });

/** The texts are documented (common 401 causes); which state of a certificate has which text is assumed. */
const CERTIFICATE_TEXTS: Record<Exclude<CertificateState, "valid">, string> = {
  none: "商户未申请过证书。",
  expired: "商户证书已过期。",
  revoked: "商户证书已作废。",
  replaced: "已更换证书，请使用新证书",
  "no-api-v3-key": "商户未设置APIv3密钥。",
};

/**
 * Refuses a request without User-Agent or without an Accept that allows JSON.
 *
 * Documented: the server "很可能会拒绝" a request without User-Agent. Reported for other v3 paths:
 * status, code and text, that this is checked before the signature, and that any type in Accept is
 * enough. Assumed: an Accept without JSON is treated like none.
 */
function checkClientHeaders(headers: Headers): PayError | undefined {
  const accept = (headers.get("accept") ?? "").split(",").map((type) => type.split(";")[0]?.trim());
  const takesJson = accept.some((type) =>
    ["*/*", "application/*", "application/json"].includes(type?.toLowerCase() ?? ""),
  );
  if (headers.get("user-agent")?.trim() && takesJson) return undefined;
  return { status: 400, code: "INVALID_REQUEST", message: "Http头缺少Accept或User-Agent" };
}

/**
 * Refuses an encrypted call whose Wechatpay-Serial names an unknown platform key (documented).
 *
 * Calls that encrypt nothing are not checked: reported, as they are answered where the header is empty,
 * has the merchant's own serial (tnwx), or the public key before the switch to it.
 */
export function checkAskedKey(exchange: PayExchange): PayError | undefined {
  const asked = askedKeyId(exchange);
  if (asked === null || exchange.pay.platform.keyOf(asked)) return undefined;
  return parameterError("平台证书序列号Wechatpay-Serial错误");
}

function isReplay(
  { pay, clock }: PayExchange,
  mchid: string,
  nonce: string,
  second: number,
): boolean {
  if (!pay.options.strict?.nonceReplay) return false;
  const now = clock.now() / 1000;
  for (const [key, seen] of pay.nonces) {
    if (Math.abs(now - seen) > MAX_SKEW_SECONDS) pay.nonces.delete(key);
  }
  const key = `${mchid} ${nonce}`;
  const replayed = pay.nonces.has(key);
  pay.nonces.set(key, second);
  return replayed;
}

/** The host of WeChat Pay Global, or a path of it at any host. */
function askedRegion({ url }: PayExchange["request"]): MerchantRegion {
  const isGlobal = url.hostname.startsWith("apihk.") || /^\/(?:v3\/global|hk)\//.test(url.pathname);
  return isGlobal ? "global" : "mainland";
}

/** The merchant or the owner of the brand with this id, if this region knows it. */
function findMerchant(
  { request, pay, scheme }: PayExchange,
  id: string,
): SeededMerchant | undefined {
  const merchant = isBrand(scheme) ? pay.merchants.ofBrand(id) : pay.merchants.get(id);
  return (merchant?.region ?? askedRegion(request)) === askedRegion(request) ? merchant : undefined;
}

export interface Identity {
  merchant: SeededMerchant;
  authorization: Authorization;
}

/**
 * Checks Authorization except the signature, which `verifySignature` checks with the body. The order
 * format, clock, serial number is reported, the rest of the order assumed.
 */
function identify(exchange: PayExchange): Identity | PayError {
  const { request, pay, clock, entry, scheme } = exchange;
  const authorization = parseAuthorization(request.headers.get("authorization"), scheme);
  if (authorization === "scheme") return unauthorized("Http头Authorization认证类型不正确");
  if (authorization === "format") {
    return unauthorized("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》");
  }
  const { id, serialNo, timestamp } = authorization;
  const merchant = findMerchant(exchange, id);
  const mchid = isBrand(scheme) ? merchant?.mchid : id;
  if (mchid !== undefined) entry.mchid = mchid;
  if (Math.abs(clock.now() / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) {
    return unauthorized("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
  }
  if (merchant === undefined) {
    return pay.options.strict?.unknownMchidIsServerError
      ? { status: 500, code: "SYSTEM_ERROR", message: "系统繁忙,请稍后重试" }
      : unauthorized(CERTIFICATE_TEXTS.none);
  }
  // Reported: clients that write the digits in lower case, as Node does, are served.
  if (merchant.serialNo.toUpperCase() !== serialNo.toUpperCase())
    return unauthorized("商户证书序列号有误。");
  const certificate = merchant.certificateState ?? "valid";
  if (certificate !== "valid") return unauthorized(CERTIFICATE_TEXTS[certificate]);
  return { merchant, authorization };
}

/** Verifies the signature over `body`, for an upload the bytes of meta; returns the 401 if it fails. */
async function verifySignature(
  exchange: PayExchange,
  { merchant, authorization }: Identity,
  body: Uint8Array,
): Promise<PayError | undefined> {
  const { request, pay } = exchange;
  const { timestamp, nonce, signature } = authorization;
  const { method, target: url } = request;
  const message = signatureMessage(method, url, timestamp, nonce, body);
  if (!(await rsaVerify(merchant.verifyKey, signature, message))) {
    const form = pay.options.signErrorForm ?? "reported";
    return signError(form, { method, url, timestamp, nonce, body });
  }
  if (isReplay(exchange, merchant.mchid, nonce, Number(timestamp))) {
    return unauthorized("签名错误,请检查后再试");
  }
  return undefined;
}

/** The checks of the gateway: headers, merchant, signature. `signed` is the signed body. */
export async function admit(
  exchange: PayExchange,
  signed: Uint8Array,
): Promise<Identity | PayError> {
  const refused = checkClientHeaders(exchange.request.headers);
  if (refused) return refused;
  const identity = identify(exchange);
  if (isPayError(identity)) return identity;
  const unsigned = await verifySignature(exchange, identity, signed);
  if (unsigned) return unsigned;
  exchange.admitted = true;
  return identity;
}
