import type { MpClient, UnknownOutcomeOptions } from "@wechat-edge/core";
import { jsonBody, mpExchange, onlyOnce } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  BOOLEAN,
  checkInput,
  checkOptions,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";

/** A customer-service message, in WeChat's field names. */
export type MediaMessage = {
  /** OpenID of the follower. */
  readonly touser: string;
  /** Sends the message in the name of one of the account's 客服. */
  readonly customservice?: { readonly kf_account: string };
  /** The message that an answer of an AI belongs to. */
  readonly aimsgcontext?: { readonly msgid: string };
} & (MediaBody | ArticleBody | TextBody);

type MediaBody =
  | { readonly msgtype: "image"; readonly image: { readonly media_id: string } }
  | { readonly msgtype: "voice"; readonly voice: { readonly media_id: string } }
  | {
      readonly msgtype: "video";
      readonly video: {
        readonly media_id: string;
        readonly thumb_media_id?: string;
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
  | {
      readonly msgtype: "miniprogrampage";
      readonly miniprogrampage: {
        readonly title: string;
        /** A mini program that is linked to the account (公众号与小程序已关联). */
        readonly appid: string;
        readonly pagepath: string;
        readonly thumb_media_id: string;
      };
    };

type ArticleBody =
  /** Articles of the material library, by their `media_id`. */
  | { readonly msgtype: "mpnews"; readonly mpnews: { readonly media_id: string } }
  /** A published article: the `article_id` of `waitForPublication` or `listPublishedArticles` is no `media_id`. */
  | { readonly msgtype: "mpnewsarticle"; readonly mpnewsarticle: { readonly article_id: string } }
  /** A link to any page, as one article; WeChat answers 45008 to more. */
  | {
      readonly msgtype: "news";
      readonly news: {
        readonly articles: readonly {
          readonly title: string;
          readonly description?: string;
          readonly url: string;
          readonly picurl?: string;
        }[];
      };
    };

type TextBody =
  /** Documented: by name for 服务号, with its fields for mini programs. */
  | {
      readonly msgtype: "link";
      readonly link: {
        readonly title: string;
        readonly description: string;
        readonly url: string;
        readonly thumb_url: string;
      };
    }
  | { readonly msgtype: "text"; readonly text: { readonly content: string } }
  | {
      readonly msgtype: "msgmenu";
      readonly msgmenu: {
        readonly head_content?: string;
        readonly list: readonly { readonly id: string; readonly content: string }[];
        readonly tail_content?: string;
      };
    }
  | { readonly msgtype: "wxcard"; readonly wxcard: { readonly card_id: string } };

/** Options of {@link sendMedia}. */
export interface SendMediaOptions extends UnknownOutcomeOptions {
  /** Stops the call, which then rejects with the signal's reason. WeChat may have sent the message nevertheless. */
  readonly signal?: AbortSignal | undefined;
}

const ONCE_OPTIONS: OptionKinds<SendMediaOptions> = {
  signal: "signal",
  retryUnknown: BOOLEAN,
};

/**
 * Sends media, an article, a text, a menu, a card or a mini program's page to a follower as a customer-service message
 * (客服消息). WeChat allows it for 48 hours after the follower's last message.
 *
 * A second call sends a second message, so the call is not repeated after a lost reply.
 *
 * Follows 客服接口-发消息 (`POST /cgi-bin/message/custom/send`).
 *
 * @param message - `touser`, `msgtype`, and the field named by `msgtype`
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`: 40007 if the media has expired, or an `article_id` was sent as the
 * `media_id` of `mpnews`
 * @throws OutcomeUnknownError if the reply was lost, unless `retryUnknown` is true
 * @throws NetworkError, TimeoutError or ReplyError if no access_token could be taken
 * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { sendMedia, uploadMedia } from "@wechat-edge/mp-media";
 *
 * const emulator = createEmulator();
 * const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
 * const { media_id } = await uploadMedia(mp, { type: "image" }, sampleFile("picture.png"));
 * await sendMedia(mp, { touser: "oIx26e3b4a1c0d9f857abcdefghi", msgtype: "image", image: { media_id } });
 * console.log(emulator.control.messages.length); // 1
 * ```
 */
export async function sendMedia(
  mp: MpClient,
  message: MediaMessage,
  options: SendMediaOptions = {},
): Promise<void> {
  checkInput("sendMedia", message, "{ touser, msgtype }");
  checkOptions("sendMedia", options, ONCE_OPTIONS);
  const lookAt = "the conversation with the follower on mp.weixin.qq.com";
  const once = onlyOnce({ lookAt, acknowledged: true });
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
