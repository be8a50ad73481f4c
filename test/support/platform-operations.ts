import {
  authorizationUrl,
  createMpPlatform,
  createPreAuthCode,
  forgetAuthorizer,
  getAuthorizerList,
  keepRefreshToken,
  keepTicket,
  type MpPlatform,
  type MpPlatformOptions,
  platformRequest,
  queryAuth,
  readPlatformPush,
  startPushTicket,
} from "@wechat-edge/core/mp-platform";
import { createEmulator, credentials, type Emulator } from "@wechat-edge/emulator";
import type { Operation } from "./operations.ts";

/** Every operation of a third-party platform. */
export const platformOperations: Readonly<Record<string, Operation>> = {
  startPushTicket: {
    options: ["signal"],
    call: (platform, { options }) => startPushTicket(platform, options),
  },
  createPreAuthCode: {
    options: ["signal"],
    call: (platform, { options }) => createPreAuthCode(platform, options),
  },
  queryAuth: {
    input: "code",
    options: ["signal"],
    call: (platform, { input, options }) => queryAuth(platform, input, options),
  },
  getAuthorizerList: {
    options: ["signal", "offset", "count"],
    call: (platform, { options }) => getAuthorizerList(platform, options),
  },
  platformRequest: {
    input: { path: "/cgi-bin/component/a" },
    options: ["signal", "retryUnknown"],
    call: (platform, { input, options }) => platformRequest(platform, input, options),
  },
  readPlatformPush: {
    options: ["maxAge"],
    call: (platform, { options }) => readPlatformPush(platform, { url: "/", body: "" }, options),
  },
  keepTicket: { input: "t", call: (platform, { input }) => keepTicket(platform, input) },
  keepRefreshToken: {
    input: { authorizer_appid: "wx1", authorizer_refresh_token: "r" },
    call: (platform, { input }) => keepRefreshToken(platform, input),
  },
  forgetAuthorizer: {
    input: "wx1",
    call: (platform, { input }) => forgetAuthorizer(platform, input),
  },
  authorizationUrl: {
    input: { pre_auth_code: "p", redirect_uri: "https://platform.example.com" },
    call: async (platform, { input }) => authorizationUrl(platform, input),
  },
};

/** The demo platform and an emulator, in this process. */
export function platformInProcess(options: Partial<MpPlatformOptions> = {}): {
  readonly platform: MpPlatform;
  readonly emulator: Emulator;
} {
  const { now } = options;
  const emulator = createEmulator(now && { now });
  const platform = createMpPlatform({
    ...credentials.platform,
    fetch: emulator.fetch,
    sleep: async () => undefined,
    ...options,
  });
  return { platform, emulator };
}
