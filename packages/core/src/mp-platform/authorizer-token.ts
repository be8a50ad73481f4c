import type { MpClient } from "../mp/client.ts";
import { MpApiError, withAdvice } from "../mp/errors.ts";
import { isToken, readToken } from "../mp/tokens/issue.ts";
import type { Grant } from "./authorizer-grant.ts";
import { componentCall } from "./component-call.ts";

const PATH = "/cgi-bin/component/api_authorizer_token";

/** The refresh token is wrong, was replaced, or has expired. Of the last two nothing is documented for this call. */
const REFRESH_TOKEN_ERRCODES = [61023, 40030, 42002];
/** The account has not authorized the platform, or no longer. */
const NOT_AUTHORIZED = 61003;

/** Whether WeChat refused the refresh token itself. */
export function isRefreshTokenRefused(error: unknown): error is MpApiError {
  return error instanceof MpApiError && REFRESH_TOKEN_ERRCODES.includes(error.errcode);
}

/** How an account comes back. */
export function authorizeAgain(appid: string): string {
  return `Let an administrator of ${appid} authorize the platform again: createPreAuthCode, authorizationUrl, and queryAuth with the code that WeChat sends.`;
}

/** Takes a new access token of an account. WeChat may replace the refresh token at the same time. */
export async function refreshAuthorizer(
  component: MpClient,
  appid: string,
  refresh_token: string,
  now: () => number,
): Promise<Grant> {
  const call = {
    operation: "getAuthorizerAccessToken",
    path: PATH,
    body: {
      component_appid: component.appid,
      authorizer_appid: appid,
      authorizer_refresh_token: refresh_token,
    },
    hidden: [refresh_token],
  };
  const reply = await componentCall(component, call).catch((error: unknown) => {
    throw error instanceof MpApiError && error.errcode === NOT_AUTHORIZED
      ? withAdvice(
          error,
          `The account has withdrawn its authorization, or never gave it. ${authorizeAgain(appid)}`,
        )
      : error;
  });
  const { value, lifetime } = readToken(reply, PATH, "authorizer_access_token");
  const next = reply["authorizer_refresh_token"];
  const since = now();
  return {
    refresh_token: isToken(next) ? next : refresh_token,
    access: { value, since, until: since + lifetime * 1000 },
    since,
  };
}
