import { credentials } from "../demo/credentials.ts";
import { newMediaIdPrefix } from "./ids.ts";

/** An Official Account. Its rights are all there unless one is set to false. */
export interface Account {
  /** `wx` and 16 letters or digits. */
  appid: string;
  /** Default: that of the demo account. */
  secret?: string;
  /** Verified by WeChat (微信认证). Default: true. */
  verified?: boolean;
  /** May take payments, and so use links in articles. Default: true. */
  pay?: boolean;
  /** May use the publish family (媒体API). Default: true. */
  mediaApi?: boolean;
  /** Addresses that may fetch a token. Default: any. */
  ipWhitelist?: readonly string[];
  /** The token endpoints answer 40243. Default: false. */
  secretFrozen?: boolean;
  /** Calls a day by path, a day being one of Asia/Shanghai (assumed). */
  dailyLimits?: Readonly<Record<string, number>>;
  /** Calls within one minute of the clock by path. */
  minuteLimits?: Readonly<Record<string, number>>;
}

export type AccountRight = "verified" | "pay" | "mediaApi";

export interface SeededAccount extends Account {
  secret: string;
  verified: boolean;
  pay: boolean;
  mediaApi: boolean;
  /** The letters that the permanent media_ids of an account share. */
  mediaIdPrefix: string;
}

export interface Accounts {
  get(appid: string): SeededAccount | undefined;
  seed(accounts: readonly Account[]): void;
  appids(): string[];
  /** Without their secrets. */
  list(): Omit<Account, "secret">[];
}

const FLAGS = ["verified", "pay", "mediaApi", "secretFrozen"] as const;
const KNOWN: readonly string[] = [
  "appid",
  "secret",
  ...FLAGS,
  "ipWhitelist",
  "dailyLimits",
  "minuteLimits",
];

function checkLimits(name: string, limits: unknown): void {
  if (limits === undefined) return;
  const given = typeof limits === "object" && limits !== null ? Object.entries(limits) : [["", -1]];
  for (const [path, count] of given) {
    const holds = String(path).startsWith("/") && Number.isInteger(count) && Number(count) >= 0;
    if (!holds) {
      throw new TypeError(
        `${name} has ${JSON.stringify(path)}: ${String(count)}; it must be whole numbers by path.`,
      );
    }
  }
}

function seeded(account: Account, before: SeededAccount | undefined): SeededAccount {
  const { appid, secret, ipWhitelist } = account ?? {};
  if (typeof appid !== "string" || !/^wx[0-9A-Za-z]{16}$/.test(appid)) {
    throw new TypeError(`An account's appid is ${appid}; it must be wx and 16 letters or digits.`);
  }
  const unknown = Object.keys(account).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(
      `An account has no ${JSON.stringify(unknown)}; it has ${KNOWN.join(", ")}.`,
    );
  }
  if (secret !== undefined && (typeof secret !== "string" || secret === "")) {
    throw new TypeError(`The secret of ${appid} must be a string, not empty.`);
  }
  for (const flag of FLAGS) {
    if (account[flag] !== undefined && typeof account[flag] !== "boolean") {
      throw new TypeError(`${flag} is ${String(account[flag])}; it must be true or false.`);
    }
  }
  const isList = Array.isArray(ipWhitelist) && ipWhitelist.every((ip) => typeof ip === "string");
  if (ipWhitelist !== undefined && !isList) {
    throw new TypeError("ipWhitelist must be a list of addresses.");
  }
  checkLimits("dailyLimits", account.dailyLimits);
  checkLimits("minuteLimits", account.minuteLimits);
  return {
    secret: credentials.mp.secret,
    verified: true,
    pay: true,
    mediaApi: true,
    mediaIdPrefix: newMediaIdPrefix(),
    ...before,
    ...account,
  };
}

function shown(seeded: SeededAccount): Omit<Account, "secret"> {
  const { secret: _, mediaIdPrefix: __, ...account } = seeded;
  return account;
}

/** The demo account is always among them; the same appid adds to what is known of it. */
export function createAccounts(initial: readonly Account[]): Accounts {
  let known = new Map<string, SeededAccount>();
  const seed = (accounts: readonly Account[]): void => {
    const next = new Map(known);
    for (const account of accounts) {
      const checked = seeded(account, next.get(account?.appid));
      next.set(checked.appid, checked);
    }
    known = next;
  };
  seed([{ appid: credentials.mp.appid }, ...initial]);
  return {
    get: (appid) => known.get(appid),
    seed,
    appids: () => [...known.keys()],
    list: () => [...known.values()].map(shown),
  };
}
