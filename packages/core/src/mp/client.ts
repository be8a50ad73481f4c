import { hideParts, partsOf } from "../client-parts.ts";
import { given, shown } from "../given.ts";
import { httpAddress } from "../http/address.ts";
import { longestCall } from "../http/retry.ts";
import {
  createTransport,
  SHARED_OPTIONS,
  type SharedOptions,
  type Transport,
} from "../http/transport.ts";
import { checkInput, checkOptions, checkPattern, type OptionKinds } from "../options.ts";
import { type KeyValueStore, safeStore } from "../store.ts";
import type { MpGateway } from "./call.ts";
import { type MessageOptions, type MessageTexts, readMessageOptions } from "./message-options.ts";
import { issueToken, type TokenKind } from "./tokens/issue.ts";
import { createProvidedTokens, type GetAccessToken } from "./tokens/provided.ts";
import { createTokens, type Tokens } from "./tokens/tokens.ts";

/** Options of {@link createMpClient}. Exactly one of `secret` and `getAccessToken` is required. */
export interface MpClientOptions extends SharedOptions, MessageOptions {
  /** AppID of the account. */
  readonly appid: string;
  /** AppSecret of the account. Keep it on a server: it gives full control of the account. */
  readonly secret?: string | undefined;
  /**
   * `"stable"` (default): `/cgi-bin/stable_token`, which any number of machines may call.
   * `"plain"`: `/cgi-bin/token`. Each call ends the token before, so only one process may call it.
   */
  readonly token?: TokenKind | undefined;
  /** Returns the access_token, in place of `secret`: for a central token server or a third-party platform. */
  readonly getAccessToken?: GetAccessToken | undefined;
  /** Keeps access_tokens between processes. Cannot be used with `getAccessToken`. */
  readonly tokenStore?: KeyValueStore | undefined;
  /**
   * Called if `tokenStore` fails, or takes over 2 seconds; the client goes on without it. Errors that this function
   * throws are ignored.
   */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
  /**
   * Another address in place of `https://api.weixin.qq.com`: another host of WeChat, your proxy (a path is allowed),
   * the emulator.
   */
  readonly baseUrl?: string | undefined;
  /**
   * Another address for temporary media alone, such as `http://file.api.weixin.qq.com` of the documents of 2012 to
   * 2014. That host has no TLS: the access_token is sent in clear text.
   */
  readonly fileBaseUrl?: string | undefined;
}

/** A client of one Official Account's API. It shows neither AppSecret nor access_token. */
export interface MpClient {
  /** AppID of the account. */
  readonly appid: string;
  /**
   * Address that calls are sent to: an origin, with the path of a proxy if there is one, without a slash at its end.
   */
  readonly baseUrl: string;
  /** Address that temporary media is sent to. */
  readonly fileBaseUrl: string;
}

/** The hidden parts of a client of an Official Account. */
export interface MpParts {
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly messages: () => MessageTexts;
  /** A function, so that no log of the parts shows it. */
  readonly secret: () => string | undefined;
}

/** Returns the hidden parts of a client. Throws TypeError for anything that `createMpClient` did not make. */
export function mpParts(mp: MpClient): MpParts {
  return partsOf(mp, "createMpClient") as MpParts;
}

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
  messageToken: true,
  encodingAESKey: true,
  messageAppid: true,
};

/**
 * Makes a client of an Official Account's API (公众号). It sends nothing yet.
 *
 * The first call takes an access_token, which all calls of the client share. The client replaces it before it expires.
 * If WeChat refuses it, the client takes another one and repeats the call once.
 *
 * @throws TypeError if an option is missing or malformed
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const { appid, secret } = credentials.mp; // your own, from a secret store
 * const mp = createMpClient({ appid, secret });
 * console.log(mp.appid, mp.baseUrl); // wx26e3b4a1c0d9f857 https://api.weixin.qq.com
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
  const baseUrl = readMpAddress("baseUrl", options.baseUrl);
  const fileBaseUrl = readMpAddress("fileBaseUrl", options.fileBaseUrl, baseUrl);
  const tokens = readTokens(options, { baseUrl, transport });
  const { secret } = options;
  const messages = readMessageOptions(options);
  const parts: MpParts = { transport, tokens, secret: () => secret, messages };
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
    longest: longestCall(transport),
    kind,
    issue: (force) => issueToken(gateway, { appid, secret, kind }, force),
  });
}

/** Reads an address of WeChat's API. A path is allowed, because it is not signed. */
export function readMpAddress(
  name: string,
  value: string | undefined,
  usual = "https://api.weixin.qq.com",
): string {
  if (value === undefined) return usual;
  const url = httpAddress(value);
  if (url === undefined || `${url.search}${url.hash}` !== "") {
    throw new TypeError(
      `${name} must be an http or https address without query and user name, such as "https://api2.weixin.qq.com", not ${given(value)}.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
