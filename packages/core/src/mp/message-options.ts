import { checkPattern } from "../options.ts";

/** Options of a client for the messages that an account receives. */
export interface MessageOptions {
  /** 令牌 (Token) of 消息与事件推送, for `@wechat-edge/core/mp-messages`: 3 to 32 letters and digits. */
  readonly messageToken?: string | undefined;
  /**
   * 消息加解密密钥 (EncodingAESKey), 43 characters. With it, only encrypted messages are read. While the key is being
   * changed: `[current, previous]`.
   */
  readonly encodingAESKey?: string | readonly [current: string, ...previous: string[]] | undefined;
  /** AppID that messages are encrypted for: that of the third-party platform which receives them. `appid` by default. */
  readonly messageAppid?: string | undefined;
}

/** Texts of the options, as they were given. */
export interface MessageTexts {
  readonly token: string | undefined;
  readonly keys: readonly string[];
  readonly appid: string;
}

/** Checks the options. A function, so that nothing which shows an object's fields shows a key. */
export function readMessageOptions({
  appid,
  messageToken: token,
  encodingAESKey,
  messageAppid = appid,
}: MessageOptions & { readonly appid: string }): () => MessageTexts {
  const keys = [encodingAESKey ?? []].flat();
  if (token !== undefined) {
    checkPattern("messageToken", token, /^[A-Za-z\d]{3,32}$/, "3 to 32 letters and digits");
  }
  if (encodingAESKey !== undefined) {
    for (const key of keys[0] === undefined ? [encodingAESKey] : keys) {
      checkPattern("encodingAESKey", key, /^[A-Za-z\d+/]{43}$/, "43 letters and digits");
    }
  }
  checkPattern("messageAppid", messageAppid, /^[\w-]{1,64}$/, "an AppID");
  return () => ({ token, keys, appid: messageAppid });
}
