import { randomText } from "../bytes/random.ts";
import { handler, httpAddress } from "../http/recipient-rules.ts";
import { type CallbackFault, callbackFaults } from "../mp/callbacks/callback.ts";
import type { SentCallback } from "../mp/callbacks/callbacks.ts";
import type { Authorizations, PlatformAuthorization } from "../mp/platform/authorizations.ts";
import type { Platform } from "../mp/platform/platform.ts";
import { DEMO_PLATFORM } from "../mp/platform/platforms.ts";
import type { PushAddress, TicketPush } from "../mp/platform/pushes.ts";
import type { EmulatorState } from "../state.ts";
import { check } from "../validation/check.ts";
import {
  fields,
  jsonObject,
  listOf,
  oneOf,
  optional,
  together,
  wholeNumber,
} from "../validation/rules.ts";

/** What WeChat pushes after an account has authorized a platform (授权变更通知推送). */
export interface AuthorizedPush {
  readonly AppId: string;
  readonly CreateTime: number;
  readonly InfoType: "authorized" | "updateauthorized";
  readonly AuthorizerAppid: string;
  readonly AuthorizationCode: string;
  /** When the code expires, in Unix seconds. */
  readonly AuthorizationCodeExpiredTime: number;
  readonly PreAuthCode: string;
}

/** What WeChat pushes after an account has withdrawn its authorization. */
export interface UnauthorizedPush {
  readonly AppId: string;
  readonly CreateTime: number;
  readonly InfoType: "unauthorized";
  readonly AuthorizerAppid: string;
}

/** Which platform; the demo platform by default. */
export interface OfPlatform {
  component_appid?: string;
}

/** A platform and the accounts that have authorized it. */
export interface PlatformStatus
  extends Omit<Platform, "component_appsecret" | "messageToken" | "encodingAESKey"> {
  readonly authorizations: readonly PlatformAuthorization[];
}

/** The third-party platforms (第三方平台), and what accounts do with them. */
export interface MpPlatformControl {
  list: () => PlatformStatus[];
  /**
   * Sets where pushes go, encrypted. A ticket is pushed with the next delivery, and every ten minutes of `clock`;
   * undefined ends that.
   */
  pushTo: (address: PushAddress | undefined, of?: OfPlatform) => void;
  /** Pushes the tickets that are due by the clock, and resolves when they are answered. `clock.advance` begins it. */
  deliver: () => Promise<void>;
  /** Makes a ticket without pushing it. */
  ticket: (of?: OfPlatform) => TicketPush;
  /** Pushes a message, such as what `ticket`, `authorize` and `revoke` return, to the address of `pushTo`. */
  push: (message: object, how?: OfPlatform & { fault?: CallbackFault }) => Promise<SentCallback>;
  /** Lets an account authorize a platform, or authorize it again. Returns what WeChat pushes. */
  authorize: (
    appid: string,
    what?: OfPlatform & { functions?: readonly number[] },
  ) => AuthorizedPush;
  /** Lets an account withdraw its authorization: its tokens end. Returns what WeChat pushes. */
  revoke: (appid: string, of?: OfPlatform) => UnauthorizedPush;
  /** Replaces the refresh token of an account, as somebody does who stole it. Returns the new one. */
  rotate: (appid: string, of?: OfPlatform) => string;
}

const ADDRESS = together(
  fields<PushAddress>({
    to: optional(handler),
    url: optional(httpAddress),
  }),
  ({ to, url }) => (to ?? url) !== undefined,
  'an object with "to" or "url"',
);
const FUNCTIONS = optional(listOf(wholeNumber(1), "numbers of permission sets"));

export function createMpPlatformControl(current: () => EmulatorState): MpPlatformControl {
  const idOf = (of: OfPlatform = {}): string => {
    const { component_appid = DEMO_PLATFORM } = of;
    const ids = current()
      .mp.platforms.list()
      .map((each) => each.component_appid);
    check(oneOf(ids), component_appid, "component_appid");
    return component_appid;
  };
  const ofAccount = (appid: string, of?: OfPlatform): Authorizations => {
    check(oneOf(current().mp.accounts.appids()), appid, "appid");
    const found = current().mp.platforms.get(idOf(of));
    if (found === undefined) throw new TypeError("There is no such platform.");
    return found.authorizations;
  };
  const seconds = (): number => Math.floor(current().clock.now() / 1000);
  return {
    list: () =>
      current()
        .mp.platforms.list()
        .map(({ component_appid, ipWhitelist }) => ({
          component_appid,
          ...(ipWhitelist && { ipWhitelist }),
          authorizations: current().mp.platforms.get(component_appid)?.authorizations.list() ?? [],
        })),
    pushTo(address, of) {
      if (address !== undefined) check(ADDRESS, address, "address");
      current().mp.pushes.pushTo(idOf(of), address);
    },
    deliver: () => current().mp.pushes.deliver(),
    ticket: (of) => current().mp.pushes.ticket(idOf(of)),
    push: async (message, how = {}) => {
      check(jsonObject, message, "message");
      check(optional(oneOf(callbackFaults)), how.fault, "fault");
      return current().mp.pushes.push(idOf(how), { ...message }, how.fault);
    },
    authorize(appid, what = {}) {
      const authorizations = ofAccount(appid, what);
      check(FUNCTIONS, what.functions, "functions");
      const InfoType = authorizations.get(appid) ? "updateauthorized" : "authorized";
      const { code, expiresAt } = authorizations.authorize(appid, what.functions);
      return {
        AppId: idOf(what),
        CreateTime: seconds(),
        InfoType,
        AuthorizerAppid: appid,
        AuthorizationCode: code,
        AuthorizationCodeExpiredTime: Math.floor(expiresAt / 1000),
        PreAuthCode: `preauthcode@@@${randomText(80)}`,
      };
    },
    revoke(appid, of) {
      ofAccount(appid, of).revoke(appid);
      return {
        AppId: idOf(of),
        CreateTime: seconds(),
        InfoType: "unauthorized",
        AuthorizerAppid: appid,
      };
    },
    rotate(appid, of) {
      const next = ofAccount(appid, of).rotate(appid);
      if (next !== undefined) return next;
      throw new TypeError(`${appid} has not authorized ${idOf(of)}; call authorize first.`);
    },
  };
}
