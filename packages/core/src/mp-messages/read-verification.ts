import { type MpClient, mpParts } from "../mp/client.ts";
import { checkOptions } from "../options.ts";
import { checkAge, MAX_AGE_MS } from "./freshness.ts";
import { queryOf } from "./incoming.ts";
import { type MessageReadOptions, READ_OPTIONS } from "./read-message.ts";
import { messageSecrets } from "./secrets.ts";
import { checkQuery, required } from "./signed-query.ts";

/**
 * Reads the GET with which WeChat verifies an address when it is set (验证消息的确来自微信服务器). Answer with the echostr
 * that it returns: `answerMessage(mp, { echostr })`.
 *
 * @param mp - a client with `messageToken`
 * @param request - a web Request, or `{ url }`
 * @param options - `maxAge` takes older requests
 * @returns the `echostr`
 * @throws TypeError if `request` is no request, or the client has no `messageToken`
 * @throws MessageError if WeChat did not sign it; `reason` says what is wrong
 * @see https://developers.weixin.qq.com/doc/service/guide/dev/push/
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { answerMessage, readVerification } from "@wechat-edge/core/mp-messages";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const messageToken = "aRandomToken1"; // as it was set in the platform (服务器配置)
 * const mp = createMpClient({ ...credentials.mp, messageToken });
 *
 * // Your handler; the emulator stands for WeChat.
 * const to = async (request: Request) => {
 *   const echostr = await readVerification(mp, request);
 *   return answerMessage(mp, { echostr });
 * };
 * const { control } = createEmulator();
 * control.seed({ accounts: [{ appid: mp.appid, messages: { to, token: messageToken } }] });
 * console.log(await control.verifyMessageUrl()); // true
 * ```
 */
export async function readVerification(
  mp: MpClient,
  request: { readonly url: string },
  options: MessageReadOptions = {},
): Promise<string> {
  const { transport } = mpParts(mp);
  checkOptions("readVerification", options, READ_OPTIONS);
  const { token } = messageSecrets(mp);
  const query = queryOf("readVerification", request);
  const { timestamp } = await checkQuery(token, query);
  const { maxAge = MAX_AGE_MS } = options;
  checkAge(timestamp, transport.now(), maxAge);
  return required(query, "echostr");
}
