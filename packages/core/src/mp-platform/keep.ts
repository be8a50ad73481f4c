import { given } from "../given.ts";
import { mpParts } from "../mp/client.ts";
import { isToken } from "../mp/tokens/issue.ts";
import { checkInput } from "../options.ts";
import { checkAppid, type MpPlatform, platformParts } from "./platform.ts";

/**
 * Keeps a component_verify_ticket that your own program has received. Pushes that {@link readPlatformPush} reads are
 * kept already.
 *
 * @throws TypeError for anything but a ticket
 *
 * @example
 * ```ts
 * import { createMpPlatform, keepTicket } from "@wechat-edge/core/mp-platform";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const platform = createMpPlatform({ ...credentials.platform, tokenStore: new Map() });
 * await keepTicket(platform, "ticket@@@of_another_program");
 * ```
 */
export async function keepTicket(
  platform: MpPlatform,
  component_verify_ticket: string,
): Promise<void> {
  const { component, tickets } = platformParts(platform);
  checkSecret("component_verify_ticket", component_verify_ticket);
  await tickets.keep({ value: component_verify_ticket, since: mpParts(component).transport.now() });
}

/**
 * Keeps the refresh token of an account from your own database, in place of all that is known of it. Accounts of which
 * nothing is kept are looked for in the list of WeChat, so a platform that moves to this library needs it only to save
 * that.
 *
 * @throws TypeError if a field is missing or malformed
 *
 * @example
 * ```ts
 * import { createMpPlatform, keepRefreshToken } from "@wechat-edge/core/mp-platform";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const platform = createMpPlatform({ ...credentials.platform, tokenStore: new Map() });
 * await keepRefreshToken(platform, {
 *   authorizer_appid: credentials.mp.appid,
 *   authorizer_refresh_token: "refreshtoken@@@of_your_database",
 * });
 * ```
 */
export async function keepRefreshToken(
  platform: MpPlatform,
  authorization: { readonly authorizer_appid: string; readonly authorizer_refresh_token: string },
): Promise<void> {
  const { component, authorizer } = platformParts(platform);
  checkInput("keepRefreshToken", authorization, "{ authorizer_appid, authorizer_refresh_token }");
  const { authorizer_appid, authorizer_refresh_token: refresh_token } = authorization;
  checkAppid("authorizer_appid", authorizer_appid);
  checkSecret("authorizer_refresh_token", refresh_token);
  const since = mpParts(component).transport.now();
  await authorizer(authorizer_appid).keep({ refresh_token, access: undefined, since });
}

/**
 * Forgets the tokens of an account, here and in `tokenStore`, as after an `unauthorized` push that is no replay. WeChat
 * still has the refresh token of an account that has not withdrawn its authorization, and the next call finds it there.
 *
 * @throws TypeError for anything but an AppID
 *
 * @example
 * ```ts
 * import { createMpPlatform, forgetAuthorizer } from "@wechat-edge/core/mp-platform";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const platform = createMpPlatform({ ...credentials.platform, tokenStore: new Map() });
 * await forgetAuthorizer(platform, credentials.mp.appid);
 * ```
 */
export async function forgetAuthorizer(
  platform: MpPlatform,
  authorizer_appid: string,
): Promise<void> {
  const { authorizer } = platformParts(platform);
  checkAppid("authorizer_appid", authorizer_appid);
  await authorizer(authorizer_appid).forget();
}

function checkSecret(name: string, value: unknown): asserts value is string {
  if (isToken(value)) return;
  throw new TypeError(
    `${name} must be a string of printable ASCII characters without spaces, not ${given(value)}.`,
  );
}
