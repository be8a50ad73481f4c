import { credentials } from "../demo/credentials.ts";
import { check, checkDistinct, definedFields } from "../validation/check.ts";
import {
  also,
  fields,
  filledText,
  flag,
  listOf,
  mapOf,
  optional,
  type RulesOf,
  text,
  textLike,
  wholeNumber,
} from "../validation/rules.ts";
import type { CallbackAddress } from "./callbacks/address.ts";
import { callbackAddressRule } from "./callbacks/address-rule.ts";
import { newMediaIdPrefix, newPermanentId } from "./ids.ts";

/** An Official Account. It has all rights unless one is set to false. */
export interface Account {
  /** `wx` and 16 letters or digits. */
  appid: string;
  /** AppSecret. Default: that of the demo account. */
  secret?: string;
  /** Verified by WeChat (微信认证). Default: true. */
  verified?: boolean;
  /** May receive payments, and so use links in articles. Default: true. */
  pay?: boolean;
  /** May use the publish library and videos in blocks (媒体API). Default: true. */
  mediaApi?: boolean;
  /** IP addresses that may call (IP 白名单); others are answered 40164. Default: any. */
  ipWhitelist?: readonly string[];
  /** Whether the AppSecret is frozen: the token endpoints answer 40243. Default: false. */
  secretFrozen?: boolean;
  /** Calls per day in Asia/Shanghai (assumed), by path. */
  dailyLimits?: Readonly<Record<string, number>>;
  /** Calls per minute of the clock, by path. */
  minuteLimits?: Readonly<Record<string, number>>;
  /** Where its messages and events are sent (消息与事件推送). Default: nowhere. */
  messages?: CallbackAddress;
}

/** An account as it is shown: without what is secret. */
export type ShownAccount = Omit<Account, "secret" | "messages">;

/** A right that an account may lack. */
export type AccountRight = "verified" | "pay" | "mediaApi";

export interface SeededAccount extends Account {
  secret: string;
  verified: boolean;
  pay: boolean;
  mediaApi: boolean;
}

export interface Accounts {
  get(appid: string): SeededAccount | undefined;
  seed(accounts: readonly Account[]): void;
  appids(): string[];
  /** All accounts, without their secrets. */
  list(): ShownAccount[];
  /** All ids of an account begin with the same random characters. */
  newPermanentId(appid: string): string;
}

const isPath = (text: string): boolean => text.startsWith("/");
const limitsByPath = mapOf(
  also(text, isPath, "a path, such as /cgi-bin/media/upload"),
  wholeNumber(0),
  "whole numbers by path",
);

const ACCOUNT: RulesOf<Account> = {
  appid: textLike(/^wx[0-9A-Za-z]{16}$/, "wx and 16 letters or digits"),
  secret: optional(filledText),
  verified: optional(flag),
  pay: optional(flag),
  mediaApi: optional(flag),
  ipWhitelist: optional(listOf(text, "addresses")),
  secretFrozen: optional(flag),
  dailyLimits: optional(limitsByPath),
  minuteLimits: optional(limitsByPath),
  messages: optional(callbackAddressRule),
};

const seeded = (account: Account, before: SeededAccount | undefined): SeededAccount => ({
  secret: credentials.mp.secret,
  verified: true,
  pay: true,
  mediaApi: true,
  ...before,
  ...definedFields(account),
});

function shown(seeded: SeededAccount): ShownAccount {
  const { secret: _, messages: __, ...account } = seeded;
  return account;
}

/** Always contains the demo account; a known appid is changed, not replaced. */
export function createAccounts(initial: readonly Account[]): Accounts {
  let known = new Map<string, SeededAccount>();
  const prefixes = new Map<string, string>();
  const seed = (accounts: readonly Account[]): void => {
    const next = new Map(known);
    checkDistinct(accounts, "appid", "accounts");
    for (const [at, account] of accounts.entries()) {
      const { appid } = check(fields(ACCOUNT), account, `accounts[${at}]`);
      next.set(appid, seeded(account, next.get(appid)));
    }
    known = next;
  };
  seed([{ appid: credentials.mp.appid }]);
  seed(initial);
  return {
    get: (appid) => known.get(appid),
    seed,
    appids: () => [...known.keys()],
    list: () => [...known.values()].map(shown),
    newPermanentId(appid) {
      const prefix = prefixes.get(appid) ?? newMediaIdPrefix();
      prefixes.set(appid, prefix);
      return newPermanentId(prefix);
    },
  };
}
