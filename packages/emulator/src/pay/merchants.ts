import { credentials } from "../demo/credentials.ts";
import { merchantCertificate } from "../demo/keys.ts";
import { publicKeyInfo } from "./pem.ts";
import type { PayUploadKind } from "./upload-endpoints.ts";

export interface Merchant {
  mchid: string;
  /** Serial number of the merchant certificate. Default: that of the demo merchant. */
  serialNo?: string;
  /** X.509 PEM. Neither this nor `publicKey`: the demo merchant's. */
  certificate?: string;
  /** SPKI PEM, instead of a certificate. */
  publicKey?: string;
  /** 32 bytes of UTF-8. Default: that of the demo merchant. */
  apiV3Key?: string;
  /** The upload routes this merchant may call. Default: all. */
  permissions?: readonly PayUploadKind[];
  /** Uploads a day, a day being one of Asia/Shanghai (assumed). Default: no limit. */
  dailyLimit?: number;
  /** Requests within one second of the clock. Default: no limit. */
  perSecondLimit?: number;
  /** Anything but "valid" is answered with the 401 text of that state. Default: "valid". */
  certificateState?: CertificateState;
}

export type CertificateState =
  | "valid"
  | "none"
  | "expired"
  | "revoked"
  | "replaced"
  | "no-api-v3-key";

export interface SeededMerchant extends Merchant {
  serialNo: string;
  apiV3Key: string;
  /** SPKI or X.509 PEM. */
  verifyKey: string;
}

export interface Merchants {
  get(mchid: string): SeededMerchant | undefined;
  seed(merchants: readonly Merchant[]): void;
  mchids(): string[];
}

const API_V3_KEY_BYTES = 32;

const CERTIFICATE_STATES: readonly CertificateState[] = [
  "valid",
  "none",
  "expired",
  "revoked",
  "replaced",
  "no-api-v3-key",
];

function seeded(merchant: Merchant, before: SeededMerchant | undefined): SeededMerchant {
  if (typeof merchant?.mchid !== "string" || !/^\d{6,32}$/.test(merchant.mchid)) {
    throw new TypeError(`A merchant's mchid is ${merchant?.mchid}; it must be 6 to 32 digits.`);
  }
  const { certificateState = "valid", permissions = [] } = merchant;
  if (!CERTIFICATE_STATES.includes(certificateState)) {
    throw new TypeError(
      `certificateState is ${certificateState}; it must be ${CERTIFICATE_STATES.join(", ")}.`,
    );
  }
  if (!Array.isArray(permissions)) {
    throw new TypeError("permissions must be a list of routes.");
  }
  for (const limit of ["dailyLimit", "perSecondLimit"] as const) {
    const value = merchant[limit];
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw new TypeError(`${limit} is ${value}; it must be a whole number, 0 or more.`);
    }
  }
  const apiV3Key = merchant.apiV3Key ?? before?.apiV3Key ?? credentials.pay.apiV3Key;
  const apiV3KeyBytes = new TextEncoder().encode(apiV3Key).length;
  if (typeof apiV3Key !== "string" || apiV3KeyBytes !== API_V3_KEY_BYTES) {
    throw new TypeError(`apiV3Key has ${apiV3KeyBytes} bytes; it must have ${API_V3_KEY_BYTES}.`);
  }
  const verifyKey =
    merchant.certificate ?? merchant.publicKey ?? before?.verifyKey ?? merchantCertificate;
  publicKeyInfo(verifyKey);
  const serialNo = merchant.serialNo ?? before?.serialNo ?? credentials.pay.serialNo;
  return { ...before, ...merchant, verifyKey, serialNo, apiV3Key };
}

/** The demo merchant is always among them; the same mchid adds to what is known of it. */
export function createMerchants(initial: readonly Merchant[]): Merchants {
  let known = new Map<string, SeededMerchant>();
  const seed = (merchants: readonly Merchant[]): void => {
    const next = new Map(known);
    for (const merchant of merchants) {
      const checked = seeded(merchant, next.get(merchant?.mchid));
      next.set(checked.mchid, checked);
    }
    known = next;
  };
  seed([{ mchid: credentials.pay.mchid }, ...initial]);
  return { get: (mchid) => known.get(mchid), seed, mchids: () => [...known.keys()] };
}
