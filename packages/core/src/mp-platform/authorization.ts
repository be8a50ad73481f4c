import { ReplyError } from "../errors.ts";
import { shown } from "../given.ts";
import { encodeQuery } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import { mpParts } from "../mp/client.ts";
import { isToken, readToken } from "../mp/tokens/issue.ts";
import { checkInput, checkOptions, checkPattern, checkText, type OptionKinds } from "../options.ts";
import { CALL_OPTIONS, type PlatformCallOptions } from "./call-options.ts";
import { componentCall } from "./component-call.ts";
import { checkAppid, type MpPlatform, platformParts } from "./platform.ts";

/** A pre-authorization code (预授权码). */
export interface PreAuthCode {
  readonly pre_auth_code: string;
  /** Seconds until it expires. */
  readonly expires_in: number;
}

/**
 * Takes a pre-authorization code (预授权码), which one authorization needs.
 *
 * @throws MpPlatformError if WeChat has pushed no ticket yet
 * @throws MpApiError, NetworkError, TimeoutError or ReplyError
 * @see https://developers.weixin.qq.com/doc/oplatform/openApi/ticket-token/api_getpreauthcode.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, createPreAuthCode, keepTicket } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, fetch });
 * await keepTicket(platform, control.mpPlatforms.ticket().ComponentVerifyTicket);
 * console.log((await createPreAuthCode(platform)).expires_in); // 600
 * ```
 */
export async function createPreAuthCode(
  platform: MpPlatform,
  options: PlatformCallOptions = {},
): Promise<PreAuthCode> {
  checkOptions("createPreAuthCode", options, CALL_OPTIONS);
  const { component } = platformParts(platform);
  const path = "/cgi-bin/component/api_create_preauthcode";
  const call = {
    operation: "createPreAuthCode",
    path,
    body: { component_appid: component.appid },
  };
  const reply = await componentCall(component, call, { signal: options.signal });
  const { value, lifetime } = readToken(reply, path, "pre_auth_code");
  return { pre_auth_code: value, expires_in: lifetime };
}

/** What an authorization is asked for. */
export interface AuthorizationUrlInput {
  /** From {@link createPreAuthCode}. */
  readonly pre_auth_code: string;
  /** Where WeChat leads the administrator afterwards, with `auth_code` and `expires_in` in the query. */
  readonly redirect_uri: string;
  /** 1 for Official Accounts, 2 for mini programs, 3 for both (default). */
  readonly auth_type?: 1 | 2 | 3 | undefined;
  /** Lets one account alone authorize. */
  readonly biz_appid?: string | undefined;
  /** `"pc"` (default): a page with a code to scan. `"mobile"`: a link to open in WeChat. */
  readonly device?: "pc" | "mobile" | undefined;
}

const URL_OPTIONS: OptionKinds<AuthorizationUrlInput> = {
  pre_auth_code: "text",
  redirect_uri: "text",
  auth_type: ["1, 2 or 3", (value) => [1, 2, 3].includes(value as number)],
  biz_appid: "text",
  device: [`"pc" or "mobile"`, (value) => value === "pc" || value === "mobile"],
};

/**
 * Returns the address of the page where an administrator authorizes the platform (授权链接). It must be opened from a
 * page of the domain that the platform has set (登录授权的发起页域名), not typed in.
 *
 * @throws TypeError if a field is missing or malformed
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Authorization_Process_Technical_Description.html
 *
 * @example
 * ```ts
 * import { authorizationUrl, createMpPlatform } from "@wechat-edge/core/mp-platform";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const platform = createMpPlatform(credentials.platform);
 * const url = authorizationUrl(platform, {
 *   pre_auth_code: "preauthcode@@@1",
 *   redirect_uri: "https://platform.example.com/authorized",
 *   auth_type: 1,
 * });
 * console.log(new URL(url).pathname); // /cgi-bin/componentloginpage
 * ```
 */
export function authorizationUrl(platform: MpPlatform, input: AuthorizationUrlInput): string {
  const { component } = platformParts(platform);
  checkInput("authorizationUrl", input, "{ pre_auth_code, redirect_uri }");
  checkOptions("authorizationUrl", input, URL_OPTIONS);
  const { pre_auth_code, redirect_uri, auth_type = 3, biz_appid, device = "pc" } = input;
  checkText("pre_auth_code", pre_auth_code);
  checkPattern("redirect_uri", redirect_uri, /^https?:\/\/./, "an http or https address");
  if (biz_appid !== undefined) checkAppid("biz_appid", biz_appid);
  const query = {
    component_appid: component.appid,
    pre_auth_code,
    redirect_uri,
    auth_type,
    biz_appid,
  };
  if (device === "pc") {
    return `https://mp.weixin.qq.com/cgi-bin/componentloginpage?${encodeQuery(query)}`;
  }
  const mobile = encodeQuery({ action: "bindcomponent", no_scan: 1, ...query });
  return `https://open.weixin.qq.com/wxaopen/safe/bindcomponent?${mobile}#wechat_redirect`;
}

/** What an account has authorized. Its tokens are kept by the platform. */
export interface Authorization {
  /** AppID of the account. */
  readonly authorizer_appid: string;
  /** For your own copy; the platform has kept it. Undefined if the account has no right to call (API 权限). */
  readonly authorizer_refresh_token: string | undefined;
  /** Numbers of the permission sets (权限集) that the account has granted: an administrator may take some out. */
  readonly func_info: readonly number[];
}

/**
 * Exchanges the code that WeChat sends after an authorization, and keeps the account's tokens. The code comes as
 * `auth_code` to your redirect_uri, and as `AuthorizationCode` in the push: use either.
 *
 * @throws MpApiError for a code that is wrong (61009) or expired (61010)
 * @throws NetworkError, TimeoutError or ReplyError if no usable reply comes. The tokens are not lost: the platform finds
 * them in the list of WeChat
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/authorization_info.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, keepTicket, queryAuth } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, fetch });
 * await keepTicket(platform, control.mpPlatforms.ticket().ComponentVerifyTicket);
 * const { AuthorizationCode } = control.mpPlatforms.authorize(credentials.mp.appid);
 * const { authorizer_appid } = await queryAuth(platform, AuthorizationCode);
 * console.log(authorizer_appid); // wx26e3b4a1c0d9f857
 * ```
 */
export async function queryAuth(
  platform: MpPlatform,
  authorization_code: string,
  options: PlatformCallOptions = {},
): Promise<Authorization> {
  checkOptions("queryAuth", options, CALL_OPTIONS);
  const { component, authorizer } = platformParts(platform);
  if (!isToken(authorization_code)) {
    throw new TypeError(
      `queryAuth needs the code that WeChat sends after an authorization, not ${shown(authorization_code)}.`,
    );
  }
  const path = "/cgi-bin/component/api_query_auth";
  const call = {
    operation: "queryAuth",
    path,
    body: { component_appid: component.appid, authorization_code },
    hidden: [authorization_code],
  };
  const reply = await componentCall(component, call, { signal: options.signal });
  const info = (reply["authorization_info"] ?? {}) as JsonObject;
  const { authorizer_appid, authorizer_access_token, authorizer_refresh_token, func_info } = info;
  if (typeof authorizer_appid !== "string") {
    throw new ReplyError(`The reply to ${path} has no authorizer_appid.`, { status: 200 });
  }
  const refresh_token = isToken(authorizer_refresh_token) ? authorizer_refresh_token : undefined;
  if (refresh_token !== undefined) {
    const since = mpParts(component).transport.now();
    const issued = isToken(authorizer_access_token)
      ? readToken(info, path, "authorizer_access_token")
      : undefined;
    await authorizer(authorizer_appid).keep({
      refresh_token,
      access: issued && { value: issued.value, since, until: since + issued.lifetime * 1000 },
      since,
    });
  }
  return {
    authorizer_appid,
    authorizer_refresh_token: refresh_token,
    func_info: readFuncInfo(func_info),
  };
}

function readFuncInfo(func_info: unknown): readonly number[] {
  if (!Array.isArray(func_info)) return [];
  return func_info
    .map((item) =>
      Number((item as { funcscope_category?: { id?: unknown } })?.funcscope_category?.id),
    )
    .filter(Number.isFinite);
}
