import type { Recipient } from "../../http/send-out.ts";

/** Where WeChat sends messages and events (消息与事件推送), and how. */
export interface CallbackAddress {
  /** Receives them in this process, such as the `fetch` of a Worker or `app.fetch` of Hono. */
  to?: NonNullable<Recipient["to"]>;
  /** Where to POST them. With `to`, the address of the Request; default: https://shop.example.com/messages. */
  url?: string;
  /** 令牌 (Token): 3 to 32 letters and digits. */
  token: string;
  /** 消息加解密密钥 (EncodingAESKey): 43 letters and digits. Needed unless the mode is "clear". */
  encodingAESKey?: string;
  /**
   * 消息加解密方式: 明文模式, 兼容模式 (the text beside the encrypted one) or 安全模式. Default: "encrypted" with an
   * encodingAESKey, else "clear".
   */
  mode?: CallbackMode;
}

export type CallbackMode = "clear" | "compatible" | "encrypted";

export const modeOf = ({ mode, encodingAESKey }: CallbackAddress): CallbackMode =>
  mode ?? (encodingAESKey === undefined ? "clear" : "encrypted");

const DEFAULT_URL = "https://shop.example.com/messages";

/** The address with what WeChat adds to its query. */
export function withQuery({ url = DEFAULT_URL }: CallbackAddress, query: object): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) whole.searchParams.append(name, String(value));
  }
  return whole.href;
}
