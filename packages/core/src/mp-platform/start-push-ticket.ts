import { withRetry } from "../http/retry.ts";
import { advising } from "../mp/advising.ts";
import { sendMp } from "../mp/call.ts";
import { mpParts } from "../mp/client.ts";
import { PLATFORM_ADVICE } from "../mp/platform-errcodes.ts";
import { checkOptions } from "../options.ts";
import { CALL_OPTIONS, type PlatformCallOptions } from "./call-options.ts";
import { postOf } from "./component-call.ts";
import { type MpPlatform, platformParts } from "./platform.ts";

/**
 * Lets WeChat push component_verify_ticket again (启动ticket推送服务), if it has stopped or never begun. The next ticket
 * arrives within ten minutes. It needs no token.
 *
 * @throws MpApiError for a wrong secret, NetworkError, TimeoutError or ReplyError
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_verify_ticket_service.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, startPushTicket } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch } = createEmulator();
 * await startPushTicket(createMpPlatform({ ...credentials.platform, fetch }));
 * ```
 */
export async function startPushTicket(
  platform: MpPlatform,
  options: PlatformCallOptions = {},
): Promise<void> {
  checkOptions("startPushTicket", options, CALL_OPTIONS);
  const { component, secret } = platformParts(platform);
  const { baseUrl, appid: component_appid } = component;
  const { transport } = mpParts(component);
  const { signal } = options;
  signal?.throwIfAborted();
  const call = postOf({
    operation: "startPushTicket",
    path: "/cgi-bin/component/api_start_push_ticket",
    body: { component_appid, component_secret: secret() },
  });
  const secrets = { query: {}, hidden: [secret()] };
  await withRetry(transport, { repeatable: true, signal }, (attempt) =>
    sendMp({ baseUrl, transport }, call, secrets, signal, attempt),
  ).catch(advising(call.path, PLATFORM_ADVICE));
}
