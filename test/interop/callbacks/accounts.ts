import { credentials } from "@wechat-edge/emulator";
import type { CallbackAccount } from "./callback-client.ts";

const { appid } = credentials.mp;
const token = "aRandomToken1";
const encodingAESKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const { component_appid, messageToken, encodingAESKey: platformKey } = credentials.platform;

/** The modes of an address, and what its owner has set for each. The path of an address is its mode. */
export const accounts = {
  clear: { appid, token },
  compatible: { appid, token, encodingAESKey },
  encrypted: { appid, token, encodingAESKey },
} as const satisfies Readonly<Record<string, CallbackAccount>>;

export type Mode = keyof typeof accounts;

export const modes = Object.keys(accounts) as readonly Mode[];

/** The pushes of a third-party platform have the same envelope. */
const platform: CallbackAccount = {
  appid: component_appid,
  token: messageToken,
  encodingAESKey: platformKey,
};

/** What a server has. */
export interface ServedAccounts {
  readonly accounts: Readonly<Record<Mode, CallbackAccount>>;
  readonly platform: CallbackAccount;
}

export const served: ServedAccounts = { accounts, platform };
