import { ReplyError } from "../errors.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { type AuthorizerPage, MAX_PAGE, readAuthorizerPage } from "./authorizer-list.ts";
import { CALL_OPTIONS, type PlatformCallOptions } from "./call-options.ts";
import { type MpPlatform, platformParts } from "./platform.ts";

/** Which page of the accounts. */
export interface AuthorizerListOptions extends PlatformCallOptions {
  /** How many accounts to skip; 0 by default. */
  readonly offset?: number | undefined;
  /** How many accounts to return, 1 to 500; 500 by default. */
  readonly count?: number | undefined;
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

const LIST_OPTIONS: OptionKinds<AuthorizerListOptions> = {
  ...CALL_OPTIONS,
  offset: ["a whole number of at least 0", (value) => isWhole(value, 0, Number.MAX_SAFE_INTEGER)],
  count: [`a whole number from 1 to ${MAX_PAGE}`, (value) => isWhole(value, 1, MAX_PAGE)],
};

/**
 * Lists the accounts that have authorized a platform, with their refresh tokens (拉取已授权的账号信息). The platform reads
 * the same list by itself where a refresh token was lost.
 *
 * @throws MpPlatformError if WeChat has pushed no ticket yet
 * @throws MpApiError, NetworkError, TimeoutError or ReplyError
 * @see https://developers.weixin.qq.com/doc/oplatform/openApi/authorization-management/api_getauthorizerlist.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, getAuthorizerList, keepTicket } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, fetch });
 * await keepTicket(platform, control.mpPlatforms.ticket().ComponentVerifyTicket);
 * control.mpPlatforms.authorize(credentials.mp.appid);
 * const { list } = await getAuthorizerList(platform);
 * console.log(list[0]?.authorizer_appid); // wx26e3b4a1c0d9f857
 * ```
 */
export async function getAuthorizerList(
  platform: MpPlatform,
  options: AuthorizerListOptions = {},
): Promise<AuthorizerPage> {
  checkOptions("getAuthorizerList", options, LIST_OPTIONS);
  const { component } = platformParts(platform);
  const { signal, offset = 0, count = MAX_PAGE } = options;
  const reply = await readAuthorizerPage(component, { offset, count }, { signal });
  if (!Array.isArray(reply["list"])) {
    throw new ReplyError("The reply to /cgi-bin/component/api_get_authorizer_list has no list.", {
      status: 200,
    });
  }
  return reply as object as AuthorizerPage;
}
