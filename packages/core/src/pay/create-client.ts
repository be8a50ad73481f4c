import { encodeUtf8 } from "../bytes/utf8.ts";
import { hideParts } from "../client-parts.ts";
import { shown } from "../given.ts";
import { createTransport } from "../http/transport.ts";
import { checkInput, checkOptions } from "../options.ts";
import { authorization, checkNonce, randomNonce } from "./authorization.ts";
import { checkRequestToSign, type PaySigner } from "./call.ts";
import type { PayClient, PayParts } from "./client.ts";
import { readKeys } from "./client-keys.ts";
import {
  PAY_CLIENT_OPTIONS,
  type PayBrandClientOptions,
  type PayClientOptions,
  readOrigin,
} from "./client-options.ts";
import { merchantKey, type RsaKey } from "./keys/key.ts";
import { checkId, SERIAL, type WantedId } from "./keys/looks-like.ts";
import { isSignedFor, refuseOwnKeys } from "./keys/own-keys.ts";
import { TENPAY } from "./keys/platform-certificate.ts";
import { readPlatformKeys } from "./keys/platform-keys.ts";
import { createNonces } from "./nonces.ts";
import { REGIONS } from "./region.ts";
import { checkScheme, readSignatory } from "./signatory.ts";
import { requestMessage, sign } from "./signature.ts";
import { checkReply, verifyReply } from "./verify.ts";

const SERIAL_NO: WantedId = {
  pattern: /^[\dA-F]{1,40}$/i,
  wanted: "the serial number of the merchant API certificate, in hexadecimal",
  own: [SERIAL],
  Refusal: TypeError,
};

/**
 * Makes a client of WeChat Pay v3. It sends nothing yet. Keys are imported on first use and kept, so make one client
 * per merchant and reuse it.
 *
 * @throws TypeError if an option is missing or malformed
 * @throws KeyError if a key is of another kind, not whole or in another's place, or `apiV3Key` does not have 32 bytes. A
 *   key of less than 2048 bits, or a platform key that is the merchant's own, is a KeyError of the first call, before
 *   anything is sent.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const { mchid, serialNo, privateKey, platformKeys } = credentials.pay; // your own, from a secret store
 * const pay = createPayClient({
 *   mchid, // 商户号
 *   serialNo, // serial number of the merchant API certificate
 *   privateKey, // the text of apiclient_key.pem
 *   platformKeys, // [{ platformKeyId: "PUB_KEY_ID_…", key: "-----BEGIN PUBLIC KEY-----…" }], or apiV3Key
 * });
 * console.log(pay.baseUrl); // https://api.mch.weixin.qq.com
 * ```
 */
export function createPayClient(options: PayClientOptions | PayBrandClientOptions): PayClient {
  checkInput(
    "createPayClient",
    options,
    "{ mchid, serialNo, privateKey, platformKeys or apiV3Key }",
  );
  checkOptions("createPayClient", options, PAY_CLIENT_OPTIONS);
  const { apiV3Key, region = "mainland" } = options;
  const signatory = readSignatory(options);
  checkId("serialNo", options.serialNo, SERIAL_NO);
  const serialNo = options.serialNo.toUpperCase();
  if (typeof region !== "string" || !Object.hasOwn(REGIONS, region)) {
    throw new TypeError(`region must be "mainland" or "global", not ${shown(region)}.`);
  }
  const home = REGIONS[region];
  const key = merchantKey(options.privateKey);
  const signMessage: PayParts["signMessage"] = async (message) => sign(await key.load(), message);
  const issuer = options.certificateIssuer ?? TENPAY;
  const fixed = readPlatformKeys(options.platformKeys, { id: signatory.id, serialNo, issuer });
  const transport = createTransport(options);
  const newNonce = options.nonce ?? randomNonce;
  let isChecked = false; // no promise is kept: in a Worker, one of a request that has ended may never settle
  const signer: PaySigner = {
    baseUrl: options.baseUrl === undefined ? home.baseUrl : readOrigin(options.baseUrl),
    transport,
    async sign({ method, path, body }) {
      checkScheme(path, signatory, options.certificatePath);
      const timestamp = String(Math.floor(transport.now() / 1000));
      const nonce = newNonce();
      checkNonce(nonce);
      const message = requestMessage({ method, path, timestamp, nonce, body });
      const signature = await signMessage(message);
      if (!isChecked) await refuseOwnKeys(fixed, message, signature);
      isChecked = true;
      const signed = { signatory, nonce, timestamp, serialNo, signature };
      return { authorization: authorization(signed), message };
    },
  };
  const certificatePath =
    options.certificatePath ?? (signatory.isBrand ? undefined : home.certificatePath);
  const takeNonce = createNonces();
  const keys = readKeys(
    { ...options, serialNo },
    { fixed, signer, signatory, certificatePath, issuer, takeNonce },
  );
  const isMerchants = async (platformKey: RsaKey): Promise<boolean> => {
    const message = encodeUtf8(serialNo);
    return isSignedFor(platformKey, message, await signMessage(message));
  };
  const client: PayClient = {
    mchid: signatory.isBrand ? "" : signatory.id,
    brandId: signatory.isBrand ? signatory.id : undefined,
    serialNo,
    region,
    baseUrl: signer.baseUrl,
    async sign(request) {
      checkRequestToSign(request);
      return signer.sign(request);
    },
    async verify(reply) {
      checkReply(reply);
      await verifyReply(keys, reply, transport.now(), isMerchants);
    },
  };
  const parts: PayParts = {
    signer,
    keys,
    signMessage,
    key,
    verifyAnswer: (reply) => verifyReply(keys, reply, transport.now(), isMerchants, takeNonce),
    certificatePath,
    issuer,
    apiV3Key: () => apiV3Key,
  };
  return hideParts(client, "createPayClient", parts);
}
