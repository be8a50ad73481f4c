import { credentials } from "@wechat-edge/emulator";
import type { Handle, Listener } from "../callbacks/callback-client.ts";
import { exampleFiles } from "../interop-files.ts";

export const { component_appid, component_appsecret, messageToken, encodingAESKey } =
  credentials.platform;
export const { appid } = credentials.mp;
export const picture = exampleFiles.image;

/** Somebody's client of a third-party platform, under its own defaults. Each call rejects where it reports a failure. */
export interface PlatformClient {
  /** Receives the pushes. */
  listener(handle: Handle): Listener;
  /** The component_access_token. */
  token(): Promise<string>;
  preAuthCode(): Promise<string>;
  /** Exchanges the code of an authorization; returns the AppID of the account. */
  queryAuth(code: string): Promise<string>;
  /** Takes a new authorizer_access_token. */
  refresh(): Promise<string>;
  /** Uploads the picture for the account; returns its media_id. */
  upload(): Promise<string>;
}

/** What each step came to, or why it failed. */
export type PlatformReport = Record<string, { value: string } | { error: string }>;
