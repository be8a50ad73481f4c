import type { Merchant } from "./merchants.ts";
import type { PayUploadKind } from "./upload-endpoints.ts";

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
