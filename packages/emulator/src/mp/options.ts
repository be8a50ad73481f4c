import type { Account } from "./account.ts";
import type { MediaProfile, MpLimitName } from "./media/limits.ts";
import type { PublishOptions } from "./publish/options.ts";
import type { VideoOptions } from "./video/options.ts";

/** The options of the Official Account. */
export interface MpOptions extends VideoOptions, PublishOptions {
  /** Accounts to add to the demo account of `credentials`; its appid changes the demo account. */
  accounts?: readonly Account[];
  /** Length of an access_token in characters, 64 to 2048. Default: 136. */
  tokenLength?: number;
  /**
   * The answer to a wrong secret: 40125, as reported from the live service (default), or 40001, as
   * the page about tokens says.
   */
  wrongSecret?: 40125 | 40001;
  /** What follows an errmsg: ` hint: […] rid: …` ("both", the default), only the rid, or nothing. */
  errmsgTail?: "both" | "rid" | "none";
  /** Whether successful uploads contain `errcode: 0`, as in today's samples. Default: false. */
  successErrcode?: boolean;
  /** Content-Type of JSON. Default: "text/plain", as reported. */
  jsonContentType?: string;
  /** The documents whose limits of size and format apply. Default: "current". */
  mediaProfile?: MediaProfile;
  /** Limits that differ from the profile: bytes of a file, seconds of a voice, number of files. */
  limits?: Partial<Record<MpLimitName, number>>;
  /** The answer of media/get for a video: a `video_url` (default), the video, or 40007 (assumed). */
  videoDownload?: "url" | "stream" | "refuse";
  /** Characters of a permanent media_id, 43 (default) or 64: both are reported. */
  mediaIdLength?: 43 | 64;
  /**
   * The address of an uploaded picture: `http:` and `?wx_fmt=` ("http", the default; recorded), `https:` and the same,
   * or `http:` without a query ("plain", as documented for pictures of articles).
   */
  pictureAddress?: "http" | "https" | "plain";
  /** Whether each `/` in JSON is `\/`. Default: true, as recorded. */
  escapedSlashes?: boolean;
  /** Whether the answer to something new contains `"item":[]`. Default: true, as recorded. */
  emptyItem?: boolean;
  /** The client's IP address for `ipWhitelist`. Default: that of the socket; in process 127.0.0.1. */
  clientIp?: string;
}
