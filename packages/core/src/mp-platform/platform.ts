import { ignoreErrors } from "../async/ignore-errors.ts";
import { within } from "../async/within.ts";
import { hideParts, partsOf } from "../client-parts.ts";
import { longestCall } from "../http/retry.ts";
import { createTransport, SHARED_OPTIONS, type SharedOptions } from "../http/transport.ts";
import { type MpClient, type MpParts, mpParts, readMpAddress } from "../mp/client.ts";
import { type MessageOptions, readMessageOptions } from "../mp/message-options.ts";
import type { GetAccessToken } from "../mp/tokens/provided.ts";
import { createTokens, type Tokens } from "../mp/tokens/tokens.ts";
import { checkInput, checkOptions, checkPattern, type OptionKinds } from "../options.ts";
import { type KeyValueStore, type SafeStore, safeStore } from "../store.ts";
import { type Authorizer, createAuthorizer } from "./authorizer.ts";
import { createRefreshTokens } from "./authorizer-list.ts";
import { refreshAuthorizer } from "./authorizer-token.ts";
import { issueComponentToken } from "./component-token.ts";
import { createTickets, type Tickets } from "./tickets.ts";

/** Options of {@link createMpPlatform}, with the names of WeChat's documents. */
export interface MpPlatformOptions extends SharedOptions {
  /** AppID of the platform (第三方平台). */
  readonly component_appid: string;
  /** AppSecret of the platform. Keep it on a server: with a refresh token it gives control of an account. */
  readonly component_appsecret: string;
  /** 消息校验Token of the platform. Only {@link readPlatformPush} needs it. */
  readonly messageToken?: string | undefined;
  /**
   * 消息加解密Key of the platform, 43 characters; while it is being changed, `[current, previous]`. Only
   * {@link readPlatformPush} needs it.
   */
  readonly encodingAESKey?: MessageOptions["encodingAESKey"];
  /**
   * Keeps the ticket, the component_access_token and the tokens of every account, for all processes of the platform.
   * Without it they are in memory alone: a process that starts waits up to ten minutes for a ticket, and reads the
   * refresh tokens from the list of WeChat. It holds secrets: let nobody else read it. Refresh tokens have a `ttl` of ten
   * years.
   */
  readonly tokenStore?: KeyValueStore | undefined;
  /**
   * Called if `tokenStore` or `onRefreshToken` fails, or the store takes over 2 seconds. Nothing is lost: a refresh token
   * that was not stored is stored later. Errors that this function throws are ignored.
   */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
  /**
   * Called with each new refresh token before its access token is used, for a copy in your database. It is called again
   * later if it fails, or does not end within `timeout`. {@link keepRefreshToken} takes the copy back.
   */
  readonly onRefreshToken?:
    | ((authorization: {
        readonly authorizer_appid: string;
        readonly authorizer_refresh_token: string;
      }) => Promise<void> | void)
    | undefined;
  /** Another address in place of `https://api.weixin.qq.com`: your proxy (a path is allowed), the emulator. */
  readonly baseUrl?: string | undefined;
}

/** A third-party platform (第三方平台). It shows neither its secret nor any token. */
export interface MpPlatform {
  /** AppID of the platform. */
  readonly component_appid: string;
  /** Address that calls are sent to. */
  readonly baseUrl: string;
  /**
   * Returns the authorizer_access_token of an account. Pass it to `createMpClient`; all that works with an account works
   * with it then.
   */
  readonly getAccessToken: GetAccessToken;
}

/** The hidden parts of a platform. */
export interface PlatformParts {
  /** A client that calls in the platform's own name, with its component_access_token, and reads its pushes. */
  readonly component: MpClient;
  /** A function, so that nothing which shows an object's fields shows the secret. */
  readonly secret: () => string;
  readonly tickets: Tickets;
  readonly authorizer: (appid: string) => Authorizer;
}

/** Returns the hidden parts of a platform. Throws TypeError for anything that `createMpPlatform` did not make. */
export function platformParts(platform: MpPlatform): PlatformParts {
  return partsOf(platform, "createMpPlatform") as PlatformParts;
}

const PLATFORM_OPTIONS: OptionKinds<MpPlatformOptions> = {
  ...SHARED_OPTIONS,
  component_appid: true,
  component_appsecret: true,
  messageToken: true,
  encodingAESKey: true,
  tokenStore: true,
  onStoreError: "function",
  onRefreshToken: "function",
  baseUrl: "text",
};

const APPID = /^[\w-]{1,64}$/;

/** Throws TypeError for anything but an AppID. */
export function checkAppid(name: string, value: unknown): asserts value is string {
  checkPattern(name, value, APPID, "the AppID of an account, a string such as wx26e3b4a1c0d9f857");
}

/**
 * Makes a third-party platform (微信开放平台 第三方平台), which acts for the accounts that have authorized it. It sends
 * nothing yet.
 *
 * It takes and replaces the component_access_token and the tokens of every account, for any number of processes with
 * one `tokenStore`. A refresh token that was lost is read from the list of WeChat (api_get_authorizer_list).
 *
 * @throws TypeError if an option is missing or malformed
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/creat_token.html
 *
 * @example
 * ```ts
 * import { createMpClient, mpRequest } from "@wechat-edge/core";
 * import { createMpPlatform, keepTicket, queryAuth } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, tokenStore: new Map(), fetch });
 * await keepTicket(platform, control.mpPlatforms.ticket().ComponentVerifyTicket);
 * const { appid } = credentials.mp;
 * await queryAuth(platform, control.mpPlatforms.authorize(appid).AuthorizationCode);
 *
 * const mp = createMpClient({ appid, getAccessToken: platform.getAccessToken, fetch });
 * const request = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
 * console.log((await mpRequest<{ image_count: number }>(mp, request)).image_count); // 0
 * ```
 */
export function createMpPlatform(options: MpPlatformOptions): MpPlatform {
  checkInput("createMpPlatform", options, "{ component_appid, component_appsecret }");
  checkOptions("createMpPlatform", options, PLATFORM_OPTIONS);
  const { component_appid, component_appsecret, tokenStore, onStoreError } = options;
  checkPattern("component_appid", component_appid, APPID, "the AppID of the platform, a string");
  checkPattern(
    "component_appsecret",
    component_appsecret,
    /^[\x21-\x7e]+$/,
    "the AppSecret of the platform, a string without spaces",
  );
  const { messageToken, encodingAESKey } = options;
  const messages = readMessageOptions({ appid: component_appid, messageToken, encodingAESKey });
  const transport = createTransport(options);
  const baseUrl = readMpAddress("baseUrl", options.baseUrl);
  const { now } = transport;
  const store =
    tokenStore === undefined ? undefined : safeStore("tokenStore", tokenStore, onStoreError);
  const keyOf = (kind: string): string => `wechat-edge:${kind}:${baseUrl}:${component_appid}`;
  const tickets = createTickets({ key: keyOf("component-ticket"), store, now });
  const secrets = { component_appid, component_appsecret };
  const own = createTokens({
    key: keyOf("component-token"),
    store,
    now,
    longest: longestCall(transport),
    kind: "plain",
    issue: () => issueComponentToken({ baseUrl, transport }, secrets, tickets),
  });
  // Other processes may have stored one that is refused too.
  const tokens: Tokens = { ...own, kind: "provided" };
  const component = hideParts(
    { appid: component_appid, baseUrl, fileBaseUrl: baseUrl },
    "createMpClient",
    { transport, tokens, messages, secret: () => undefined } satisfies MpParts,
  );
  const authorizer = authorizersOf(component, store, keyOf("authorizer"), options);
  const getAccessToken: GetAccessToken = async ({ appid, rejected, signal }) => {
    checkAppid("appid", appid);
    return authorizer(appid).get({ signal, ...(rejected !== undefined && { rejected }) });
  };
  const secret = (): string => component_appsecret;
  const parts: PlatformParts = { component, secret, tickets, authorizer };
  return hideParts({ component_appid, baseUrl, getAccessToken }, "createMpPlatform", parts);
}

/** The accounts of the platform, each made when it is first asked for. */
function authorizersOf(
  component: MpClient,
  store: SafeStore | undefined,
  prefix: string,
  { onRefreshToken, onStoreError }: MpPlatformOptions,
): (appid: string) => Authorizer {
  const { transport } = mpParts(component);
  const { now, timeout } = transport;
  // One for the token of the platform, one with it.
  const longest = 2 * longestCall(transport);
  const known = new Map<string, Authorizer>();
  const list = createRefreshTokens(component, now, longest);
  const report = ignoreErrors(onStoreError);
  const tell = async (authorizer_appid: string, refresh_token: string): Promise<boolean> => {
    const telling = async (): Promise<void> =>
      onRefreshToken?.({ authorizer_appid, authorizer_refresh_token: refresh_token });
    try {
      if ((await within(timeout, telling())) !== undefined) return true;
      report(new Error(`onRefreshToken did not finish within ${timeout} ms.`));
    } catch (error) {
      report(error);
    }
    return false;
  };
  return (appid) => {
    const authorizer =
      known.get(appid) ??
      createAuthorizer({
        appid,
        key: `${prefix}:${appid}`,
        store,
        now,
        longest,
        tell: (refresh_token) => tell(appid, refresh_token),
        refresh: (refresh_token) => refreshAuthorizer(component, appid, refresh_token, now),
        find: (isGood) => list.find(appid, isGood),
      });
    known.set(appid, authorizer);
    return authorizer;
  };
}
