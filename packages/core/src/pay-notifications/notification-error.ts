import { WechatError } from "../errors.ts";

/** Why a notification was refused, apart from its signature. */
export type NotificationErrorReason =
  | "too-large"
  | "not-json"
  | "not-a-notification"
  | "algorithm"
  | "resource"
  | "merchant";

/** A request that is no notification of WeChat Pay, or one that cannot be used. */
export class NotificationError extends WechatError {
  override readonly name: string = "NotificationError";
  static readonly code: "ERR_NOTIFICATION" = "ERR_NOTIFICATION";
  override readonly code: "ERR_NOTIFICATION" = "ERR_NOTIFICATION";
  /** What is wrong with it. `too-large` is found before the signature is verified, all others after. */
  readonly reason: NotificationErrorReason;
  /** The `id` of the notification, or undefined if it was not read. */
  readonly notificationId: string | undefined;

  constructor(
    message: string,
    about: {
      reason: NotificationErrorReason;
      notificationId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, about);
    this.reason = about.reason;
    this.notificationId = about.notificationId;
  }
}
