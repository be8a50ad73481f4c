import { hex } from "../bytes/hex.ts";
import { credentials } from "../demo/credentials.ts";
import { merchantCertificate } from "../demo/keys.ts";
import { check, checkDistinct, definedFields, valueText } from "../validation/check.ts";
import {
  also,
  fields,
  filledText,
  listOf,
  oneOf,
  optional,
  type RulesOf,
  text,
  textLike,
  wholeNumber,
} from "../validation/rules.ts";
import { publicKeyInfo, serialOf } from "./pem.ts";
import { type PayUploadKind, payUploadKinds } from "./upload-endpoints.ts";

/** A merchant of WeChat Pay. Fields that are left out are those of the demo merchant. */
export interface Merchant {
  /** 商户号, 6 to 32 digits. */
  mchid: string;
  /** 品牌ID, digits: calls to /brand/… are signed in its name. Default: that of the demo merchant, or none. */
  brandId?: string;
  /** Serial number of the merchant API certificate. Default: that of `certificate`, or of the demo merchant. */
  serialNo?: string;
  /** The merchant API certificate, X.509 PEM. Default: that of the demo merchant. */
  certificate?: string;
  /** The public key, SPKI PEM, instead of a certificate. */
  publicKey?: string;
  /** APIv3 key, 32 bytes in UTF-8. Default: that of the demo merchant. */
  apiV3Key?: string;
  /** The upload routes this merchant may call. Default: all. */
  permissions?: readonly PayUploadKind[];
  /** Uploads per day in Asia/Shanghai (assumed). Default: no limit. */
  dailyLimit?: number;
  /** Uploads per second of the clock. Default: no limit. */
  perSecondLimit?: number;
  /** Any state but "valid" is answered 401 with its own text. Default: "valid". */
  certificateState?: CertificateState;
  /**
   * The only WeChat Pay that knows this merchant; the other treats it like any unknown mchid (assumed).
   * Default: both, as both list the certificates of a merchant (reported).
   */
  region?: MerchantRegion;
}

/** WeChat Pay of mainland China, or WeChat Pay Global. */
export type MerchantRegion = "mainland" | "global";

/** The state of a merchant API certificate. */
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
  ofBrand(brandId: string): SeededMerchant | undefined;
  seed(merchants: readonly Merchant[]): void;
  mchids(): string[];
}

const API_V3_KEY_BYTES = 32;
const MCHID = textLike(/^\d{6,32}$/, "6 to 32 digits");

const CERTIFICATE_STATES: readonly CertificateState[] = [
  "valid",
  "none",
  "expired",
  "revoked",
  "replaced",
  "no-api-v3-key",
];

function isPublicKey(pem: string): boolean {
  try {
    return publicKeyInfo(pem).length > 0;
  } catch {
    return false;
  }
}

const utf8Bytes = (given: string): number => new TextEncoder().encode(given).length;

const MERCHANT: RulesOf<Merchant> = {
  mchid: MCHID,
  brandId: optional(textLike(/^\d{1,32}$/, "1 to 32 digits")),
  serialNo: optional(filledText),
  certificate: optional(also(text, isPublicKey, "PEM of a CERTIFICATE")),
  publicKey: optional(also(text, isPublicKey, "PEM of a PUBLIC KEY or a CERTIFICATE")),
  apiV3Key: optional(
    also(text, (key: string) => utf8Bytes(key) === API_V3_KEY_BYTES, "32 bytes of UTF-8"),
  ),
  permissions: optional(listOf(oneOf(payUploadKinds), "kinds of uploads")),
  dailyLimit: optional(wholeNumber(0)),
  perSecondLimit: optional(wholeNumber(0)),
  certificateState: optional(oneOf(CERTIFICATE_STATES)),
  region: optional(oneOf(["mainland", "global"])),
};

const ofDemoSerial = credentials.pay.serialNo;

/** A certificate and what is given beside it must belong together. */
function checkCertificate({ certificate, publicKey, serialNo }: Merchant, root: string): void {
  if (certificate === undefined) return;
  if (
    publicKey !== undefined &&
    hex(publicKeyInfo(publicKey)) !== hex(publicKeyInfo(certificate))
  ) {
    throw new TypeError(
      `${root}.publicKey is not the key of ${root}.certificate; leave one of them out.`,
    );
  }
  const own = serialOf(certificate);
  if (serialNo !== undefined && serialNo.toUpperCase() !== own) {
    throw new TypeError(
      `${root}.serialNo is ${valueText(serialNo)}; it must be that of the certificate, ${own}, or left out.`,
    );
  }
}

function seeded(merchant: Merchant, before: SeededMerchant | undefined): SeededMerchant {
  const changes = definedFields(merchant);
  const { certificate, publicKey, serialNo, apiV3Key } = changes;
  return {
    ...before,
    ...changes,
    verifyKey: certificate ?? publicKey ?? before?.verifyKey ?? merchantCertificate,
    serialNo:
      serialNo ?? (certificate && serialOf(certificate)) ?? before?.serialNo ?? ofDemoSerial,
    apiV3Key: apiV3Key ?? before?.apiV3Key ?? credentials.pay.apiV3Key,
  };
}

/** Always contains the demo merchant; a known mchid is changed, not replaced. */
export function createMerchants(initial: readonly Merchant[]): Merchants {
  let known = new Map<string, SeededMerchant>();
  const seed = (merchants: readonly Merchant[]): void => {
    const next = new Map(known);
    checkDistinct(merchants, "mchid", "merchants");
    checkDistinct(merchants, "brandId", "merchants");
    for (const [at, merchant] of merchants.entries()) {
      const root = `merchants[${at}]`;
      const { mchid } = check(fields(MERCHANT), merchant, root);
      checkCertificate(merchant, root);
      next.set(mchid, seeded(merchant, next.get(mchid)));
    }
    known = next;
  };
  seed([{ mchid: credentials.pay.mchid, brandId: credentials.brand.brandId }]);
  seed(initial);
  return {
    get: (mchid) => known.get(mchid),
    ofBrand: (brandId) => [...known.values()].find((merchant) => merchant.brandId === brandId),
    seed,
    mchids: () => [...known.keys()],
  };
}
