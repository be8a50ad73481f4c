import type { Merchant } from "./merchants.ts";
import type { PlatformMode } from "./platform/state.ts";
import type { PayUploadKind } from "./upload-endpoints.ts";

/** The options of WeChat Pay. */
export interface PayOptions {
  /** Merchants to add to the demo merchant of `credentials`; its mchid changes the demo merchant. */
  merchants?: readonly Merchant[];
  /** Largest file by upload, in bytes. Default: what `payUploadEndpoints` lists. */
  limits?: Partial<Record<PayUploadKind, number>>;
  /**
   * What `/v3/merchant/media/upload` takes: "2026", pictures of 5 MiB and PDF of 7.5 MiB (文件上传,
   * 2026-05), or "2024", pictures of 2 MiB (图片上传). Default: "2026", which refuses least.
   */
  merchantFiles?: "2026" | "2024";
  /**
   * Whether calls beyond a documented rate (100 a minute, 20 a second) are answered 429. Default:
   * "enforce".
   */
  uploadRates?: "enforce" | "ignore";
  /** Rules that WeChat does not document. Default: all off. */
  strict?: {
    /** The content must match the extension (assumed). */
    extensionMatchesContent?: boolean;
    /** The digest of a submission file must be in capitals, as its page shows it (assumed). */
    digestCase?: boolean;
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
