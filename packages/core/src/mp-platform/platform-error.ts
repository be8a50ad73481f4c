import { WechatError } from "../errors.ts";

/** What a platform lacks. */
export type MpPlatformErrorReason = "no-ticket" | "not-authorized";

/** A third-party platform lacks what a call needs: WeChat's ticket, or the authorization of an account. */
export class MpPlatformError extends WechatError {
  override readonly name: string = "MpPlatformError";
  static readonly code: "ERR_MP_PLATFORM" = "ERR_MP_PLATFORM";
  override readonly code: "ERR_MP_PLATFORM" = "ERR_MP_PLATFORM";
  /** `no-ticket`: WeChat has pushed none in 12 hours. `not-authorized`: the account is not in the list of WeChat. */
  readonly reason: MpPlatformErrorReason;
  /** AppID of the account that has not authorized the platform. */
  readonly authorizer_appid: string | undefined;

  constructor(
    message: string,
    about: { reason: MpPlatformErrorReason; authorizer_appid?: string; cause?: unknown },
  ) {
    super(message, about);
    this.reason = about.reason;
    this.authorizer_appid = about.authorizer_appid;
  }
}
