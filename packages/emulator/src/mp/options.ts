import type { Account } from "./account.ts";
import type { MediaProfile, MpLimitName } from "./media/limits.ts";
import type { PublishOptions } from "./publish/options.ts";
import type { VideoOptions } from "./video/options.ts";

/** What can be chosen of the Official Account. */
export interface MpOptions extends VideoOptions, PublishOptions {
  /** Besides the demo account of `credentials`; the same appid changes the demo account. */
  accounts?: readonly Account[];
  /** Characters of an access_token, 64 to 2048. Default: 136. */
  tokenLength?: number;
  /**
   * What a wrong secret is answered with: 40125, as reported of the live service (default), or
   * 40001, as the page of the token says.
   */
  wrongSecret?: 40125 | 40001;
  /** What follows an errmsg: ` hint: […] rid: …` (default), the rid alone, or nothing. */
  errmsgTail?: "both" | "rid" | "none";
  /** Uploads that succeed carry `errcode: 0`, as in today's samples. Default: false, as in older ones. */
  successErrcode?: boolean;
  /** Content-Type of JSON. Default: text/plain, as reported. */
  jsonContentType?: string;
  /** The documents whose limits hold. Default: "current". */
  mediaProfile?: MediaProfile;
  /** Single numbers of the profile set anew: bytes of a file, seconds of a voice, files. */
  limits?: Partial<Record<MpLimitName, number>>;
  /** media/get of a video: a `video_url` (default), the video, or 40007 (assumed). */
  videoDownload?: "url" | "stream" | "refuse";
  /** A boundary in quotes is answered 41005, as reported (default). */
  quotedBoundary?: "refuse" | "accept";
  /** The client's address, for `ipWhitelist`. Default: that of the socket; in process 127.0.0.1. */
  clientIp?: string;
}
