import { given } from "../given.ts";
import { httpAddress } from "../http/address.ts";
import { SHARED_OPTIONS, type SharedOptions } from "../http/transport.ts";
import type { OptionKinds } from "../options.ts";
import type { KeyValueStore } from "../store.ts";
import type { KeySource } from "./keys/key.ts";
import type { PlatformKey } from "./keys/platform-keys.ts";
import type { PayRegion } from "./region.ts";

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

/** How they are checked; what is `true` is checked where it is read. */
export const PAY_CLIENT_OPTIONS: OptionKinds<PayClientOptions | PayBrandClientOptions> = {
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

/** The origin of `baseUrl`. Takes no path: the path is signed, so a prefix would have to be signed too. */
export function readOrigin(baseUrl: string): string {
  const url = httpAddress(baseUrl);
  if (url === undefined || `${url.pathname}${url.search}${url.hash}` !== "/") {
    throw new TypeError(
      `baseUrl must be an http or https origin without a path, such as "https://api2.mch.weixin.qq.com", not ${given(baseUrl)}.`,
    );
  }
  return url.origin;
}
