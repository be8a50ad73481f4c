import type { MpClient, UnknownOutcomeOptions } from "@wechat-edge/core";
import { jsonBody, mpExchange } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  checkInput,
  checkOptions,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";

/** A customer-service message that holds media, under the names of the wire. */
export type MediaMessage = {
  /** OpenID of the follower. */
  readonly touser: string;
  /** Sends it in the name of one of the account's service staff. */
  readonly customservice?: { readonly kf_account: string };
} & MediaMessageBody;

type MediaMessageBody =
  | { readonly msgtype: "image"; readonly image: { readonly media_id: string } }
  | { readonly msgtype: "voice"; readonly voice: { readonly media_id: string } }
  | {
      readonly msgtype: "video";
      readonly video: {
        readonly media_id: string;
        readonly thumb_media_id: string;
        readonly title?: string;
        readonly description?: string;
      };
    }
  | {
      readonly msgtype: "music";
      readonly music: {
        readonly musicurl: string;
        readonly hqmusicurl: string;
        readonly thumb_media_id: string;
        readonly title?: string;
        readonly description?: string;
      };
    }
  | { readonly msgtype: "mpnews"; readonly mpnews: { readonly media_id: string } };

/** Options of {@link sendMedia}. */
export interface SendMediaOptions extends UnknownOutcomeOptions {
  readonly signal?: AbortSignal | undefined;
}

const ONCE_OPTIONS: OptionKinds<SendMediaOptions> = {
  signal: "signal",
  retryUnknown: "boolean",
};

/**
 * Sends media to a follower as a customer-service message, within 48 hours of what he did last.
 * A second call sends a second message, so a lost reply is an OutcomeUnknownError and not repeated.
 *
 * Follows 客服接口-发消息 (`/cgi-bin/message/custom/send`), where 上传下载多媒体文件 leads to.
 *
 * @param message - the wire's body as it is
 * @throws MpApiError (40007 for media that has expired), OutcomeUnknownError, NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
 *
 * @example
 * ```ts
 * const { media_id } = await uploadMedia(mp, { type: "image" }, new File([jpeg], "cat.jpg"));
 * await sendMedia(mp, { touser: "oIx26e3b4a1c0d9f857abcdefghi", msgtype: "image", image: { media_id } });
 * ```
 */
export async function sendMedia(
  mp: MpClient,
  message: MediaMessage,
  options: SendMediaOptions = {},
): Promise<void> {
  checkInput("sendMedia", message, "{ touser, msgtype }");
  checkOptions("sendMedia", options, ONCE_OPTIONS);
  const once = { lookAt: "the conversation with the follower on mp.weixin.qq.com" };
  await mpExchange(
    mp,
    {
      operation: "sendMedia",
      method: "POST",
      path: "/cgi-bin/message/custom/send",
      ...jsonBody(message),
    },
    { signal: options.signal, once, retryUnknown: options.retryUnknown },
  );
}
