import type { Merchant } from "./merchants.ts";
import type { PlatformMode } from "./platform/state.ts";
import type { PayUploadKind } from "./upload-endpoints.ts";

/** The options of WeChat Pay. */
export interface PayOptions {
  /** Merchants to add to the demo merchant of `credentials`; its mchid changes the demo merchant. */
  merchants?: readonly Merchant[];
  /** Largest file by upload, in bytes. Default: 2 MiB for a picture, 5 MiB for a video. */
  limits?: Partial<Record<PayUploadKind, number>>;
  /** Rules that WeChat does not document. Default: all off. */
  strict?: {
    /** The content must match the extension (assumed). */
    extensionMatchesContent?: boolean;
    /** A merchant may use a nonce once within five minutes (assumed). */
    nonceReplay?: boolean;
    /** An unknown mchid is answered 500, as some report, instead of 401. */
    unknownMchidIsServerError?: boolean;
  };
  /** Form and text of SIGN_ERROR: "reported" from the live service (default) or "documented". */
  signErrorForm?: "reported" | "documented";
  /** Id of the platform key that signs replies if the request names none. Default: the certificate. */
  replyKeyId?: string;
  /** The platform keys in use at the start, as `control.platform.setMode` sets them. Default: "both". */
  platformMode?: PlatformMode;
  /** Share of replies with a probe signature, 0 to 1, by count. Default: 0. */
  probeRate?: number;
}
