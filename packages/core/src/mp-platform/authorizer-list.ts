import { createSharedWork } from "../async/shared-work.ts";
import type { JsonObject } from "../http/reply.ts";
import type { MpClient } from "../mp/client.ts";
import { isToken } from "../mp/tokens/issue.ts";
import { componentCall } from "./component-call.ts";

/** One page of the accounts that have authorized a platform. */
export interface AuthorizerPage {
  /** How many accounts there are in all. */
  readonly total_count: number;
  readonly list: readonly {
    readonly authorizer_appid: string;
    /** The account's authorizer_refresh_token. Whoever has it and the platform's secret can act for the account. */
    readonly refresh_token: string;
    /** When the account authorized the platform, in Unix seconds. */
    readonly auth_time: number;
  }[];
}

/** Documented: at most 500 accounts a page. */
export const MAX_PAGE = 500;

/** Reads one page. Its shape is checked by those who read it. */
export async function readAuthorizerPage(
  component: MpClient,
  { offset, count }: { readonly offset: number; readonly count: number },
  rule: Parameters<typeof componentCall>[2] = {},
): Promise<JsonObject> {
  return componentCall(
    component,
    {
      operation: "getAuthorizerList",
      path: "/cgi-bin/component/api_get_authorizer_list",
      body: { component_appid: component.appid, offset, count },
    },
    rule,
  );
}

/** The refresh tokens that WeChat has, by account. */
export interface RefreshTokens {
  /** Looks for the refresh token of an account, in a list that was read a minute ago or now. */
  find(appid: string, isGood: (refresh_token: string) => boolean): Promise<string | undefined>;
}

/** How long a list serves the other accounts whose tokens were lost too. */
const LIST_AGE_MS = 60_000;
const MAX_PAGES = 2000;

/** Accounts that need it at the same time share one reading of the list. */
export function createRefreshTokens(
  component: MpClient,
  now: () => number,
  longest: number,
): RefreshTokens {
  const reading = createSharedWork<ReadonlyMap<string, string>>({ longest, now });
  let known: { readonly at: number; readonly tokens: ReadonlyMap<string, string> } | undefined;
  const readAll = async (): Promise<ReadonlyMap<string, string>> => {
    const tokens = new Map<string, string>();
    let read = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const reply = await readAuthorizerPage(component, { offset: read, count: MAX_PAGE });
      const list = Array.isArray(reply["list"]) ? (reply["list"] as readonly unknown[]) : [];
      for (const item of list) {
        const { authorizer_appid, refresh_token } = (item ?? {}) as JsonObject;
        if (typeof authorizer_appid === "string" && isToken(refresh_token)) {
          tokens.set(authorizer_appid, refresh_token);
        }
      }
      read += list.length;
      if (list.length === 0 || read >= Number(reply["total_count"])) break;
    }
    known = { at: now(), tokens };
    return tokens;
  };
  return {
    async find(appid, isGood) {
      const good = (tokens: ReadonlyMap<string, string> | undefined): string | undefined => {
        const token = tokens?.get(appid);
        return token !== undefined && isGood(token) ? token : undefined;
      };
      const isRecent = known !== undefined && Math.abs(now() - known.at) < LIST_AGE_MS;
      return good(isRecent ? known?.tokens : undefined) ?? good((await reading.run(readAll)).value);
    },
  };
}
