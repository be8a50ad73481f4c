import { hideParts, partsOf } from "../client-parts.ts";
import { given, shown } from "../given.ts";
import {
  createTransport,
  SHARED_OPTIONS,
  type SharedOptions,
  type Transport,
} from "../http/transport.ts";
import { checkInput, checkOptions, checkPattern, type OptionKinds } from "../options.ts";
import { type KeyValueStore, safeStore } from "../store.ts";
import type { MpGateway } from "./call.ts";
import { issueToken, type TokenKind } from "./tokens/issue.ts";
import { createProvidedTokens, type GetAccessToken } from "./tokens/provided.ts";
import { createTokens, type Tokens } from "./tokens/tokens.ts";

/** What {@link createMpClient} takes. Either `secret` or `getAccessToken`. */
export interface MpClientOptions extends SharedOptions {
  /** The account's AppID; stores and checkpoints go by it. */
  readonly appid: string;
  /** The account's AppSecret. It belongs on a server: whoever has it has the account. */
  readonly secret?: string | undefined;
  /**
   * `stable` (default): `/cgi-bin/stable_token`, which several machines may call without harm.
   * `plain`: `/cgi-bin/token`, whose every call ends the token before; one process alone may call it.
   */
  readonly token?: TokenKind | undefined;
  /** Gives tokens in place of `secret`. */
  readonly getAccessToken?: GetAccessToken | undefined;
  /** Keeps tokens beyond this process. */
  readonly tokenStore?: KeyValueStore | undefined;
  /** Told what a store threw, or that it did not answer; the client goes on without it. What this throws is ignored. */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
  /** Replaces `https://api.weixin.qq.com`: another of WeChat's hosts, a proxy (with its path), the emulator. */
  readonly baseUrl?: string | undefined;
  /**
   * Where temporary media goes up and down, if not where the rest does: `http://file.api.weixin.qq.com`
   * of the documents of 2012 to 2014. It has no TLS: the token travels in clear text.
   */
  readonly fileBaseUrl?: string | undefined;
}

/** A client of one Official Account's API. It shows neither secret nor token. */
export interface MpClient {
  readonly appid: string;
  /** Address that calls go to: an origin, and the path of a proxy where there is one; without a slash at its end. */
  readonly baseUrl: string;
  /** The same for temporary media. */
  readonly fileBaseUrl: string;
}

/** What a client of an Official Account hides. */
export interface MpParts {
  readonly transport: Transport;
  readonly tokens: Tokens;
}

/** The hidden parts of a client. Throws TypeError for anything but one that `createMpClient` made. */
export function mpParts(mp: MpClient): MpParts {
  return partsOf(mp, "createMpClient") as MpParts;
}

const ORIGIN = "https://api.weixin.qq.com";

const MP_CLIENT_OPTIONS: OptionKinds<MpClientOptions> = {
  ...SHARED_OPTIONS,
  appid: true,
  secret: true,
  token: true,
  getAccessToken: "function",
  tokenStore: true,
  onStoreError: "function",
  baseUrl: "text",
  fileBaseUrl: "text",
};

/**
 * Makes a client of an Official Account's API (公众号). Nothing is sent.
 *
 * A token is taken when the first call needs one, shared by all calls, and replaced by itself when it
 * runs out or WeChat refuses it; the call is then repeated once with the new one.
 *
 * @throws TypeError where an option is missing or malformed
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 *
 * @example
 * ```ts
 * const client = createMpClient({ appid: "wx26e3b4a1c0d9f857", secret: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" });
 * console.log(client.appid, client.baseUrl); // wx26e3b4a1c0d9f857 https://api.weixin.qq.com
 * ```
 */
export function createMpClient(options: MpClientOptions): MpClient {
  checkInput("createMpClient", options, "{ appid, secret or getAccessToken }");
  checkOptions("createMpClient", options, MP_CLIENT_OPTIONS);
  const { appid } = options;
  checkPattern(
    "appid",
    appid,
    /^[\w-]{1,64}$/,
    "the AppID of the account, a string such as wx26e3b4a1c0d9f857",
  );
  const transport = createTransport(options);
  const baseUrl = readBaseUrl("baseUrl", options.baseUrl ?? ORIGIN);
  const fileBaseUrl =
    options.fileBaseUrl === undefined ? baseUrl : readBaseUrl("fileBaseUrl", options.fileBaseUrl);
  const parts: MpParts = { transport, tokens: readTokens(options, { baseUrl, transport }) };
  return hideParts({ appid, baseUrl, fileBaseUrl }, "createMpClient", parts);
}

function readTokens(options: MpClientOptions, gateway: MpGateway): Tokens {
  const { appid, secret, token: kind = "stable", getAccessToken, tokenStore } = options;
  const { baseUrl, transport } = gateway;
  if ((secret === undefined) === (getAccessToken === undefined)) {
    throw new TypeError(
      `createMpClient needs secret or getAccessToken, one of the two; ${secret === undefined ? "neither was" : "both were"} given. With secret the client takes its own tokens, with getAccessToken they come from you.`,
    );
  }
  if (getAccessToken !== undefined) {
    if (tokenStore !== undefined) {
      throw new TypeError(
        "tokenStore cannot be used with getAccessToken: tokens that come from you are not stored here.",
      );
    }
    return createProvidedTokens(appid, getAccessToken, transport.timeout);
  }
  checkPattern(
    "secret",
    secret,
    /^[\x21-\x7e]+$/,
    "the AppSecret of the account, a string without spaces",
  );
  if (kind !== "stable" && kind !== "plain") {
    throw new TypeError(`token must be "stable" or "plain", not ${shown(kind)}.`);
  }
  return createTokens({
    key: `wechat-edge:token:${baseUrl}:${appid}:${kind}`,
    store:
      tokenStore === undefined
        ? undefined
        : safeStore("tokenStore", tokenStore, options.onStoreError),
    now: transport.now,
    kind,
    issue: (force) => issueToken(gateway, { appid, secret, kind }, force),
  });
}

/** The path is not signed, so a proxy may have one of its own. */
function readBaseUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const plain =
    url !== undefined && `${url.search}${url.hash}${url.username}${url.password}` === "";
  if (!plain || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `${name} must be an http or https address without query and user name, such as "https://api2.weixin.qq.com", not ${given(value)}.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
