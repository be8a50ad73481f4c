import { type Credentials, credentials } from "../demo/credentials.ts";
import type { FaultControl } from "../faults/queue.ts";
import type { JournalControl } from "../journal/journal.ts";
import type { Account, ShownAccount } from "../mp/account.ts";
import type { SentCallback } from "../mp/callbacks/callbacks.ts";
import type { StoredMpMedia } from "../mp/media/store.ts";
import type { SentMessage } from "../mp/message/messages.ts";
import type { SentPreview } from "../mp/message/previews.ts";
import type { DraftControl } from "../mp/publish/drafts.ts";
import type { NewsControl } from "../mp/publish/news.ts";
import type { PublicationControl } from "../mp/publish/publications.ts";
import type { TokenControl } from "../mp/token/tokens.ts";
import type { VideoControl } from "../mp/video/videos.ts";
import type { EmulatorOptions, OptionChanges } from "../options.ts";
import type { Applyment } from "../pay/applyments.ts";
import type { StoredPayMedia } from "../pay/media-store.ts";
import type { Merchant } from "../pay/merchants.ts";
import type { Notification } from "../pay/notifications/notification.ts";
import type { SentNotification } from "../pay/notifications/notifications.ts";
import type { PlatformControl } from "../pay/platform/state.ts";
import type { EmulatorState } from "../state.ts";
import type { Clock } from "../time/clock.ts";
import { check } from "../validation/check.ts";
import { fields, filledText, flag, oneOf, optional } from "../validation/rules.ts";
import type { AccountMessage } from "./account-message.ts";
import { checkBill } from "./bill-rule.ts";
import { keepMaterialNews, type MaterialNews } from "./library-news.ts";
import { createMpPlatformControl, type MpPlatformControl } from "./mp-platforms.ts";
import { seedsRule } from "./seeds-rule.ts";
import { sendAccountMessage, verifyAccountAddress } from "./send-message.ts";
import { keepUserMedia, type UserMedia } from "./user-sends.ts";

/** Merchants and accounts to add to an emulator. */
export interface Seeds {
  merchants?: readonly Merchant[];
  accounts?: readonly Account[];
}

/** What a test sets and reads. */
export interface Control {
  /** The demo merchant and the demo account, in the form clients take them. */
  readonly credentials: Credentials;
  /** Restores the state of the start: options, clock, faults, journal, merchants, accounts, media. */
  reset: () => void;
  /** The options in effect. */
  readonly options: EmulatorOptions;
  /**
   * Resets everything and applies the options of the start with these changes; `undefined` restores
   * a default. Throws TypeError for an invalid option, and then changes nothing.
   */
  setOptions: (changes: OptionChanges) => void;
  /** Adds merchants and accounts, or changes those of the same mchid or appid. */
  seed: (seeds: Seeds) => void;
  /** The clock of everything: signatures, tokens, media, reviews, `Date` headers. */
  readonly clock: Clock;
  /** The faults that are set. */
  readonly faults: FaultControl;
  /** The calls so far. */
  readonly journal: JournalControl;
  /** The last 10,000 files uploaded to WeChat Pay, oldest first. */
  readonly payMedia: readonly StoredPayMedia[];
  /** The accounts, without their secrets. */
  readonly accounts: readonly ShownAccount[];
  /** Lists, expires and invalidates access_tokens. */
  readonly tokens: TokenControl;
  /** The files of the Official Accounts. One that has expired is there until the next request of a client. */
  readonly mpMedia: readonly StoredMpMedia[];
  /** Lets a follower send a file to an account. Returns its media_id, which is valid for 3 days. */
  userSends: (media: UserMedia) => string;
  /**
   * Puts articles (图文素材) into a material library, which no call can do any more. Returns their media_id.
   */
  addMaterialNews: (news: MaterialNews) => string;
  /**
   * Sends a message or an event to the address that `messages` of the account names; resolves after its first attempt.
   * Without an answer it is sent again, three times in all, when `clock` has advanced by 5 seconds. Rejects with
   * TypeError if it is malformed.
   */
  sendMessage: (message?: AccountMessage) => Promise<SentCallback>;
  /** Asks the address of an account (default: the demo account) for an echostr; resolves with whether it answered it. */
  verifyMessageUrl: (appid?: string) => Promise<boolean>;
  /** The last 10,000 messages and events sent to accounts, oldest first, with their attempts. */
  readonly callbacks: readonly SentCallback[];
  /** The last 10,000 customer-service messages sent, oldest first. */
  readonly messages: readonly SentMessage[];
  /** The last 10,000 previews sent to one phone, oldest first. */
  readonly previews: readonly SentPreview[];
  /** The videos uploaded in blocks, and their status; of those that were never saved, the last 1,000. */
  readonly videos: VideoControl;
  /** The publish library (发布库), and the result of its reviews. */
  readonly news: NewsControl;
  /** The draft boxes. */
  readonly drafts: DraftControl;
  /** The submissions to freepublish/submit, and their status. */
  readonly publications: PublicationControl;
  /** The third-party platforms: their tickets and pushes, and which accounts authorize them. */
  readonly mpPlatforms: MpPlatformControl;
  /** The IP address that `ipWhitelist` checks; undefined: the address of the socket. */
  clientIp: string | undefined;
  /** The applications (进件) accepted, oldest first. */
  readonly applyments: readonly Applyment[];
  /**
   * Sets what all bills of a day (`2019-06-11`) contain; `null` for a day without one. Throws TypeError for anything
   * else.
   */
  setBill: (billDate: string, text: string | null) => void;
  /** Rotates platform certificates and switches to the platform public key. */
  readonly platform: PlatformControl;
  /**
   * Sends a notification (回调通知), encrypted and signed; resolves after its first attempt. It is sent again by WeChat's
   * schedule when `clock` has advanced, until it is answered with 200 or 204. Rejects with TypeError if it is malformed.
   */
  notify: (notification: Notification) => Promise<SentNotification>;
  /** The last 10,000 notifications sent, oldest first, with their attempts. */
  readonly notifications: readonly SentNotification[];
  /**
   * Makes all attempts that are due by the clock, of notifications, messages and events, and resolves when they are done.
   * A publication that has ended is announced (PUBLISHJOBFINISH).
   */
  deliverNotifications: () => Promise<void>;
}

const KILL = fields<{ replace?: boolean }>({ replace: optional(flag) });

/**
 * `current` returns the state in effect, `restart` replaces it. Everything a test takes from the
 * control, such as `control.faults`, uses the state in effect.
 */
export function createControl(
  current: () => EmulatorState,
  restart: (changes: OptionChanges) => void,
): Control {
  /** A misspelt appid would find no tokens, and change nothing. */
  const tokensOf = (appid: string): TokenControl => {
    const { accounts, platforms, tokens } = current().mp;
    const ids = platforms.list().map(({ component_appid }) => component_appid);
    check(oneOf([...accounts.appids(), ...ids]), appid, "appid");
    return tokens;
  };
  const deliver = async (): Promise<void> => {
    const { pay, mp } = current();
    await Promise.all([
      pay.notifications.deliver(),
      mp.publishEvents.announce(),
      mp.callbacks.deliver(),
      mp.pushes.deliver(),
    ]);
  };
  return {
    credentials,
    reset: () => restart({}),
    get options() {
      return { ...current().options };
    },
    setOptions: restart,
    seed(seeds) {
      const { merchants = [], accounts = [] } = check(seedsRule, seeds, "seeds");
      current().pay.merchants.seed(merchants);
      current().mp.accounts.seed(accounts);
    },
    clock: {
      now: () => current().clock.now(),
      set: (ms) => {
        current().clock.set(ms);
        void deliver();
      },
      advance: (ms) => {
        current().clock.advance(ms);
        void deliver();
      },
    },
    faults: {
      add: (fault) => current().faults.add(fault),
      list: () => current().faults.list(),
      clear: () => current().faults.clear(),
    },
    journal: {
      entries: () => current().journal.entries(),
      clear: () => current().journal.clear(),
    },
    get payMedia() {
      return current().pay.media.all();
    },
    get applyments() {
      return current().pay.applyments.all();
    },
    notify: (notification) => current().pay.notifications.notify(notification),
    get notifications() {
      return current().pay.notifications.all();
    },
    deliverNotifications: deliver,
    setBill(billDate, text) {
      const bill = checkBill({ bill_date: billDate, text }, "bill");
      current().pay.ownBills.set(bill.bill_date, bill.text);
    },
    platform: livePlatform(() => current().pay.platform),
    get accounts() {
      return current().mp.accounts.list();
    },
    tokens: {
      kill(appid, options = {}) {
        check(KILL, options, "options");
        tokensOf(appid).kill(appid, options);
      },
      expire: (appid) => tokensOf(appid).expire(appid),
      list: (appid) => tokensOf(appid).list(appid),
      calls: (appid) => tokensOf(appid).calls(appid),
    },
    get mpMedia() {
      return current().mp.media.all();
    },
    userSends: (media) => keepUserMedia(current(), media),
    addMaterialNews: (news) => keepMaterialNews(current(), news),
    sendMessage: (message = {}) => sendAccountMessage(current(), message),
    verifyMessageUrl: (appid) => verifyAccountAddress(current(), appid),
    get callbacks() {
      return current().mp.callbacks.all();
    },
    get messages() {
      return current().mp.messages.all();
    },
    get previews() {
      return current().mp.previews.all();
    },
    videos: {
      list: () => current().mp.videos.list(),
      setStatus: (...status) => current().mp.videos.setStatus(...status),
    },
    news: {
      list: () => current().mp.news.list(),
      review: (...review) => current().mp.news.review(...review),
    },
    drafts: { list: () => current().mp.drafts.list() },
    publications: {
      list: () => current().mp.publications.list(),
      setStatus: (...status) => {
        current().mp.publications.setStatus(...status);
        void deliver();
      },
    },
    mpPlatforms: createMpPlatformControl(current),
    get clientIp() {
      return current().mp.clientIp;
    },
    set clientIp(ip) {
      check(optional(filledText), ip, "clientIp");
      current().mp.clientIp = ip;
    },
  };
}

const livePlatform = (platform: () => PlatformControl): PlatformControl => ({
  get mode() {
    return platform().mode;
  },
  setMode: (mode) => platform().setMode(mode),
  certificates: () => platform().certificates(),
  announce: () => platform().announce(),
  activate: (platformKeyId) => platform().activate(platformKeyId),
  retire: (platformKeyId) => platform().retire(platformKeyId),
  alternate: (on) => platform().alternate(on),
  setPublicKeyShare: (share) => platform().setPublicKeyShare(share),
});
