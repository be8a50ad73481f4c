import type { JsonObject } from "../http/reply.ts";
import { onlyOnce } from "../mp/once.ts";
import type { MpRequestOptions } from "../mp/request.ts";
import { BOOLEAN, checkInput, checkOptions, checkPattern, type OptionKinds } from "../options.ts";
import { componentCall } from "./component-call.ts";
import { type MpPlatform, platformParts } from "./platform.ts";

/** A call that a platform makes in its own name. */
export interface PlatformRequest {
  /** Such as `/cgi-bin/component/api_get_authorizer_info`. */
  readonly path: string;
  /** The JSON body, with the field names of WeChat's documents. The platform adds `component_appid`. */
  readonly body?: object | undefined;
}

const REQUEST_OPTIONS: OptionKinds<MpRequestOptions> = { signal: "signal", retryUnknown: BOOLEAN };

/**
 * Makes any call that takes a component_access_token, such as api_get_authorizer_info, and adds that token. Calls for an
 * account are made with `createMpClient` and `mpRequest` instead.
 *
 * The type that you pass for the reply is not checked at run time.
 *
 * @returns the JSON object of the reply
 * @throws MpPlatformError if WeChat has pushed no ticket yet
 * @throws MpApiError if WeChat answers with an `errcode` other than 0
 * @throws OutcomeUnknownError if the reply is lost, or is -1 (busy); a call that only reads may set `retryUnknown: true`
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/Account_Authorization/api_get_authorizer_info.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, keepTicket, platformRequest } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, fetch });
 * await keepTicket(platform, control.mpPlatforms.ticket().ComponentVerifyTicket);
 * control.mpPlatforms.authorize(credentials.mp.appid);
 * const { authorizer_info } = await platformRequest<{ authorizer_info: { nick_name: string } }>(
 *   platform,
 *   {
 *     path: "/cgi-bin/component/api_get_authorizer_info",
 *     body: { authorizer_appid: credentials.mp.appid },
 *   },
 *   { retryUnknown: true },
 * );
 * console.log(authorizer_info.nick_name);
 * ```
 */
export async function platformRequest<Result extends object = JsonObject>(
  platform: MpPlatform,
  request: PlatformRequest,
  options: MpRequestOptions = {},
): Promise<Result> {
  checkOptions("platformRequest", options, REQUEST_OPTIONS);
  const { component } = platformParts(platform);
  checkInput("platformRequest", request, "{ path, body }");
  const { path, body = {} } = request;
  checkPattern(
    "path",
    path,
    /^(?:\/[\w~-][\w.~-]*)+$/,
    `a path without a query, such as "/cgi-bin/component/api_get_authorizer_info"`,
  );
  checkInput("body", body, "an object for JSON");
  const { signal, retryUnknown = false } = options;
  const once = retryUnknown ? undefined : onlyOnce({ lookAt: `what ${path} was to change` });
  const call = {
    operation: "platformRequest",
    path,
    body: { component_appid: component.appid, ...body },
  };
  return (await componentCall(component, call, { signal, once })) as Result;
}
