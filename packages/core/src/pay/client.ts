import { encodeUtf8 } from "../bytes/utf8.ts";
import { hideParts, partsOf } from "../client-parts.ts";
import { given, shown } from "../given.ts";
import { httpAddress } from "../http/address.ts";
import type { Reply } from "../http/reply.ts";
import { createTransport, SHARED_OPTIONS, type SharedOptions } from "../http/transport.ts";
import { checkInput, checkOptions, type OptionKinds } from "../options.ts";
import { type KeyValueStore, safeStore } from "../store.ts";
import { authorization, checkNonce, randomNonce } from "./authorization.ts";
import {
  checkRequestToSign,
  type PayRequestToSign,
  type PaySigner,
  type SignedRequest,
} from "./call.ts";
import { checkApiV3Key } from "./keys/api-v3-key.ts";
import { createCertificateList } from "./keys/certificate-list.ts";
import { type KeySource, merchantKey, type RsaKey } from "./keys/key.ts";
import { createKeyRing, type KeyRing } from "./keys/key-ring.ts";
import { checkId, SERIAL, type WantedId } from "./keys/looks-like.ts";
import { isSignedFor, refuseOwnKeys } from "./keys/own-keys.ts";
import { isCurrent, TENPAY } from "./keys/platform-certificate.ts";
import { type PlatformKey, platformKeyOf, readPlatformKeys } from "./keys/platform-keys.ts";
import { createNonces, type TakeNonce } from "./nonces.ts";
import { isOnTheWire } from "./path.ts";
import { type PayRegion, REGIONS } from "./region.ts";
import { checkScheme, readSignatory, type Signatory } from "./signatory.ts";
import { requestMessage, sign } from "./signature.ts";
import { checkReply, verifyReply } from "./verify.ts";

/** Options of {@link createPayClient}. At least one of `platformKeys` and `apiV3Key` is required. */
export interface PayClientOptions extends SharedOptions {
  /** Merchant number (商户号). */
  readonly mchid: string;
  /** In place of `mchid`: see {@link PayBrandClientOptions}. */
  readonly brandId?: undefined;
  /** Serial number of the merchant API certificate, in hexadecimal; it is sent in upper case. */
  readonly serialNo: string;
  /**
   * Private key of the merchant API certificate (`apiclient_key.pem`), PKCS#8 or PKCS#1: the text or the bytes of its
   * PEM or DER, or base64 of either, with line ends or with `\n` in their place; or a CryptoKey that can sign.
   */
  readonly privateKey: KeySource;
  /** Keys that WeChat Pay may sign with: its public key, platform certificates, or both during a switch. */
  readonly platformKeys?: readonly PlatformKey[] | undefined;
  /** The APIv3 key, 32 characters. With it, platform certificates are downloaded, decrypted and renewed. */
  readonly apiV3Key?: string | undefined;
  /** Keeps the platform certificates between processes, encrypted as they came. */
  readonly certificateCache?: KeyValueStore | undefined;
  /**
   * Called if `certificateCache` fails, or takes over 2 seconds; the client goes on without it. Errors that this
   * function throws are ignored.
   */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
  /** `"mainland"` by default. */
  readonly region?: PayRegion | undefined;
  /** Another origin in place of WeChat's, without a path: its backup host, your relay, the emulator. */
  readonly baseUrl?: string | undefined;
  /** Returns the nonce of a signature, 1 to 32 letters and digits; `crypto.randomUUID` without hyphens by default. */
  readonly nonce?: (() => string) | undefined;
  /** Path of the platform certificates, if it differs from the region's: `/hk/v3/certificates` in older documents. */
  readonly certificatePath?: string | undefined;
  /**
   * Common name of the CA that issues the platform certificates, if it is not WeChat Pay's (such as that of a test
   * service); `"Tenpay.com Root CA"` by default. A certificate signed with its own key is never taken.
   */
  readonly certificateIssuer?: string | undefined;
}

/**
 * Options of a client for a brand (品牌商户), which calls the paths under `/brand/` and no others. Certificate and private
 * key are the brand's. No document says where a brand's platform certificates are listed: pass `platformKeys`, or
 * `apiV3Key` with a `certificatePath` that you know.
 *
 * @see https://pay.weixin.qq.com/doc/brand/4015597833
 */
export interface PayBrandClientOptions extends Omit<PayClientOptions, "mchid" | "brandId"> {
  /** Brand id (品牌ID). */
  readonly brandId: string;
  readonly mchid?: undefined;
}

/** A client of WeChat Pay v3 for one merchant or brand. It shows no key. */
export interface PayClient {
  /** Merchant number; empty for a brand. */
  readonly mchid: string;
  /** Brand id; undefined for a merchant. */
  readonly brandId: string | undefined;
  /** Serial number of the merchant API certificate, in upper case. */
  readonly serialNo: string;
  readonly region: PayRegion;
  /** Origin that requests are sent to. */
  readonly baseUrl: string;
  /**
   * Signs a request that you send yourself, with a new timestamp and nonce. Throws TypeError if it is malformed,
   * KeyError if the key cannot be used.
   */
  sign(request: PayRequestToSign): Promise<SignedRequest>;
  /**
   * Verifies a reply or notification that you received yourself. Throws SignatureError unless a known platform key
   * signed it within the last 5 minutes.
   */
  verify(reply: Reply): Promise<void>;
}

/** The hidden parts of a client of WeChat Pay. */
export interface PayParts {
  readonly signer: PaySigner;
  readonly keys: KeyRing;
  /** Signs any text with the merchant's private key; resolves with base64. */
  signMessage(message: Uint8Array<ArrayBuffer>): Promise<string>;
  /** The merchant's private key. */
  readonly key: RsaKey;
  /** Verifies the reply to a request of the client's own, whose nonce counts once. */
  readonly verifyAnswer: (reply: Reply) => Promise<void>;
  /** Undefined for a brand that was given none. */
  readonly certificatePath: string | undefined;
  /** Common name of the CA that issues platform certificates. */
  readonly issuer: string;
  /** A function, so that nothing which shows an object's fields shows the key. */
  apiV3Key(): string | undefined;
}

/** Returns the hidden parts of a client. Throws TypeError for anything that `createPayClient` did not make. */
export function payParts(pay: PayClient): PayParts {
  return partsOf(pay, "createPayClient") as PayParts;
}

const PAY_CLIENT_OPTIONS: OptionKinds<PayClientOptions | PayBrandClientOptions> = {
  ...SHARED_OPTIONS,
  mchid: true,
  brandId: true,
  serialNo: true,
  privateKey: true,
  platformKeys: true,
  apiV3Key: true,
  certificateCache: true,
  onStoreError: "function",
  region: true,
  baseUrl: "text",
  nonce: "function",
  certificatePath: "text",
  certificateIssuer: "text",
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

const SERIAL_NO: WantedId = {
  pattern: /^[\dA-F]{1,40}$/i,
  wanted: "the serial number of the merchant API certificate, in hexadecimal",
  own: [SERIAL],
  Refusal: TypeError,
};

function readKeys(
  options: Omit<PayClientOptions, "mchid" | "brandId">,
  {
    fixed,
    signer,
    signatory,
    certificatePath,
    issuer,
    takeNonce,
  }: {
    readonly fixed: ReadonlyMap<string, RsaKey>;
    readonly signer: PaySigner;
    readonly signatory: Signatory;
    readonly certificatePath: string | undefined;
    readonly issuer: string;
    readonly takeNonce: TakeNonce;
  },
): KeyRing {
  const { apiV3Key } = options;
  const { now } = signer.transport;
  if (apiV3Key !== undefined) checkApiV3Key(apiV3Key);
  if (apiV3Key === undefined || certificatePath === undefined) {
    if (fixed.size > 0) return createKeyRing(fixed, undefined, now);
    throw new TypeError(
      "createPayClient needs apiV3Key, or platformKeys with at least one { platformKeyId, key }: without them no reply can be verified. With brandId, apiV3Key needs certificatePath too.",
    );
  }
  const { platformKeyId } = createKeyRing(fixed, undefined, now);
  const list = createCertificateList(signer, {
    apiV3Key,
    issuer,
    id: signatory.id,
    serialNo: options.serialNo,
    call: { path: checkCertificatePath(certificatePath), platformKeyId },
    cache:
      options.certificateCache === undefined
        ? undefined
        : safeStore("certificateCache", options.certificateCache, options.onStoreError),
    verify(reply, brought) {
      const keys = {
        downloads: true,
        ids: () => [...fixed.keys(), ...brought.keys()],
        async find(id: string) {
          const given = platformKeyOf(fixed, id);
          if (given !== undefined && isCurrent(given, now())) return given;
          return brought.get(id.toUpperCase())?.key ?? given;
        },
      };
      return verifyReply(keys, reply, now(), undefined, takeNonce);
    },
  });
  return createKeyRing(fixed, list, now);
}

function checkCertificatePath(path: string): string {
  if (isOnTheWire(path)) return path;
  throw new TypeError(
    `certificatePath must be an encoded path, such as "/hk/v3/certificates", not ${shown(path)}.`,
  );
}

/** Takes no path: the path is signed, so a prefix would have to be signed too. */
function readOrigin(baseUrl: string): string {
  const url = httpAddress(baseUrl);
  if (url === undefined || `${url.pathname}${url.search}${url.hash}` !== "/") {
    throw new TypeError(
      `baseUrl must be an http or https origin without a path, such as "https://api2.mch.weixin.qq.com", not ${given(baseUrl)}.`,
    );
  }
  return url.origin;
}
