import { partsOf } from "../client-parts.ts";
import type { Reply } from "../http/reply.ts";
import type { PayRequestToSign, PaySigner, SignedRequest } from "./call.ts";
import type { RsaKey } from "./keys/key.ts";
import type { KeyRing } from "./keys/key-ring.ts";
import type { PayRegion } from "./region.ts";

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
