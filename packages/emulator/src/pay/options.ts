import {
  anything,
  fields,
  flag,
  listOf,
  numberFrom,
  oneOf,
  optional,
  type RulesOf,
  recordOf,
  wholeNumber,
} from "../validation/rules.ts";
import type { Merchant } from "./merchants.ts";
import { replyKeyIds } from "./platform/keys.ts";
import { type PayUploadKind, payUploadKinds } from "./upload-endpoints.ts";

/** What can be chosen of WeChat Pay. */
export interface PayOptions {
  /** Besides the demo merchant of `credentials`; the same mchid changes the demo merchant. */
  merchants?: readonly Merchant[];
  /** Largest file of a route, in bytes. Default: 2 MiB for a picture, 5 MiB for a video. */
  limits?: Partial<Record<PayUploadKind, number>>;
  /** Rules that WeChat does not document. All are off by default. */
  strict?: {
    /** The content must be what the extension says (assumed). */
    extensionMatchesContent?: boolean;
    /** A nonce of a merchant serves once within the five minutes (assumed). */
    nonceReplay?: boolean;
    /** An unknown mchid is a 500, as some report, in place of a 401. */
    unknownMchidIsServerError?: boolean;
  };
  /** Form and text of SIGN_ERROR: as reported of the live service (default) or as documented. */
  signErrorForm?: "reported" | "documented";
  /** Id of the platform key that signs where the client asks for none. Default: the certificate. */
  replyKeyId?: string;
  /** Share of the replies, 0 to 1, that carry a probe signature, by count. Default: 0. */
  probeRate?: number;
}

const STRICT: RulesOf<NonNullable<PayOptions["strict"]>> = {
  extensionMatchesContent: optional(flag),
  nonceReplay: optional(flag),
  unknownMchidIsServerError: optional(flag),
};

/** Of a merchant its own rules say what it must be. */
export const payRules: RulesOf<PayOptions> = {
  merchants: optional(listOf(anything, "merchants")),
  limits: optional(recordOf(payUploadKinds, wholeNumber(1))),
  strict: optional(fields(STRICT)),
  signErrorForm: optional(oneOf(["reported", "documented"])),
  replyKeyId: optional(oneOf(replyKeyIds)),
  probeRate: optional(numberFrom(0, 1)),
};
