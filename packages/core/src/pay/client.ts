import { hideParts, partsOf } from "../client-parts.ts";
import { given, shown } from "../given.ts";
import { httpAddress } from "../http/address.ts";
import type { Reply } from "../http/reply.ts";
import { createTransport, SHARED_OPTIONS, type SharedOptions } from "../http/transport.ts";
import { checkInput, checkOptions, checkPattern, type OptionKinds } from "../options.ts";
import { type KeyValueStore, safeStore } from "../store.ts";
import { authorization, checkNonce, randomNonce } from "./authorization.ts";
import {
  checkRequestToSign,
  type PayRequestToSign,
  type PaySigner,
  type SignedRequest,
} from "./call.ts";
import { type Sealed, unseal } from "./keys/api-v3-key.ts";
import { createCertificateList } from "./keys/certificate-list.ts";
import type { CryptoKeyLike } from "./keys/crypto-key-like.ts";
import { merchantKey } from "./keys/key.ts";
import { createKeyRing, type KeyRing } from "./keys/key-ring.ts";
import { type PlatformKey, readPlatformKeys } from "./keys/platform-keys.ts";
import { isOnTheWire } from "./path.ts";
import { requestMessage, sign } from "./signature.ts";
import { checkReply, verifyReply } from "./verify.ts";

/** The WeChat Pay that the merchant belongs to: mainland China, or WeChat Pay Global (Hong Kong). */
export type PayRegion = "mainland" | "global";

/** Options of {@link createPayClient}. At least one of `platformKeys` and `apiV3Key` is required. */
export interface PayClientOptions extends SharedOptions {
  /** Merchant number (商户号). */
  readonly mchid: string;
  /** Serial number of the merchant API certificate, in hexadecimal. */
  readonly serialNo: string;
  /**
   * Private key of the merchant API certificate (`apiclient_key.pem`): a PEM string, PKCS#8 or PKCS#1, or a CryptoKey
   * that can sign.
   */
  readonly privateKey: string | CryptoKeyLike;
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
}

/** A client of WeChat Pay v3 for one merchant. It shows no key. */
export interface PayClient {
  /** Merchant number. */
  readonly mchid: string;
  /** Serial number of the merchant API certificate. */
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
  /** Decrypts with the merchant's private key. */
  decrypt(ciphertext: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  /** Decrypts with the APIv3 key; undefined if the client has none. Rejects with WebCrypto's error. */
  readonly unseal: ((sealed: Sealed) => Promise<Uint8Array<ArrayBuffer>>) | undefined;
}

/** Returns the hidden parts of a client. Throws TypeError for anything that `createPayClient` did not make. */
export function payParts(pay: PayClient): PayParts {
  return partsOf(pay, "createPayClient") as PayParts;
}

const REGIONS: Readonly<Record<PayRegion, { baseUrl: string; certificatePath: string }>> = {
  mainland: { baseUrl: "https://api.mch.weixin.qq.com", certificatePath: "/v3/certificates" },
  global: {
    baseUrl: "https://apihk.mch.weixin.qq.com",
    certificatePath: "/v3/global/certificates",
  },
};

const PAY_CLIENT_OPTIONS: OptionKinds<PayClientOptions> = {
  ...SHARED_OPTIONS,
  mchid: true,
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
};

/**
 * Makes a client of WeChat Pay v3. It sends nothing yet. Keys are imported on first use and kept, so make one client
 * per merchant and reuse it.
 *
 * @throws TypeError if an option is missing or malformed
 * @throws KeyError if a key has the wrong kind of PEM, or `apiV3Key` does not have 32 bytes. A key that is not RSA of
 *   at least 2048 bits is a KeyError of the first call.
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
export function createPayClient(options: PayClientOptions): PayClient {
  checkInput(
    "createPayClient",
    options,
    "{ mchid, serialNo, privateKey, platformKeys or apiV3Key }",
  );
  checkOptions("createPayClient", options, PAY_CLIENT_OPTIONS);
  const { mchid, serialNo, apiV3Key, region = "mainland" } = options;
  checkPattern(
    "mchid",
    mchid,
    /^[A-Za-z0-9_-]{1,32}$/,
    'the merchant number as a string, such as "1900007291"',
  );
  checkPattern(
    "serialNo",
    serialNo,
    /^[0-9A-Fa-f]+$/,
    "the serial number of the merchant API certificate, a hexadecimal string",
  );
  if (typeof region !== "string" || !Object.hasOwn(REGIONS, region)) {
    throw new TypeError(`region must be "mainland" or "global", not ${shown(region)}.`);
  }
  const home = REGIONS[region];
  const key = merchantKey(options.privateKey);
  const transport = createTransport(options);
  const newNonce = options.nonce ?? randomNonce;
  const signer: PaySigner = {
    baseUrl: options.baseUrl === undefined ? home.baseUrl : readOrigin(options.baseUrl),
    transport,
    async sign({ method, path, body }) {
      const timestamp = String(Math.floor(transport.now() / 1000));
      const nonce = newNonce();
      checkNonce(nonce);
      const message = requestMessage({ method, path, timestamp, nonce, body });
      const signature = await sign(await key.sign(), message);
      const signed = { mchid, nonce, timestamp, serialNo, signature };
      return { authorization: authorization(signed), message };
    },
  };
  const keys = readKeys(options, signer, options.certificatePath ?? home.certificatePath);
  const client: PayClient = {
    mchid,
    serialNo,
    region,
    baseUrl: signer.baseUrl,
    async sign(request) {
      checkRequestToSign(request);
      return signer.sign(request);
    },
    async verify(reply) {
      checkReply(reply);
      await verifyReply(keys, reply, transport.now());
    },
  };
  const parts: PayParts = {
    signer,
    keys,
    signMessage: async (message) => sign(await key.sign(), message),
    decrypt: async (ciphertext) =>
      crypto.subtle.decrypt("RSA-OAEP", (await key.decrypt()) as CryptoKey, ciphertext),
    unseal: apiV3Key === undefined ? undefined : (sealed) => unseal(apiV3Key, sealed),
  };
  return hideParts(client, "createPayClient", parts);
}

function readKeys(options: PayClientOptions, signer: PaySigner, path: string): KeyRing {
  const { apiV3Key, mchid } = options;
  const fixed = readPlatformKeys(options);
  if (apiV3Key === undefined) return createKeyRing(fixed, undefined);
  const { platformKeyId } = createKeyRing(fixed, undefined);
  const list = createCertificateList(signer, {
    apiV3Key,
    mchid,
    serialNo: options.serialNo,
    call: { path: checkCertificatePath(path), platformKeyId },
    cache:
      options.certificateCache === undefined
        ? undefined
        : safeStore("certificateCache", options.certificateCache, options.onStoreError),
    verify(reply, brought) {
      const keys = {
        ids: () => [...fixed.keys(), ...brought.keys()],
        find: async (id: string) =>
          fixed.get(id.toUpperCase()) ?? brought.get(id.toUpperCase())?.key,
      };
      return verifyReply(keys, reply, signer.transport.now());
    },
  });
  return createKeyRing(fixed, list);
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
