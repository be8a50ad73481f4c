import type { Clock } from "../clock.ts";
import { type Credentials, credentials } from "../demo/credentials.ts";
import type { Faults } from "../faults/queue.ts";
import type { Journal } from "../journal.ts";
import type { Account } from "../mp/account.ts";
import type { StoredMpMedia } from "../mp/media/store.ts";
import type { SentMessage } from "../mp/message/messages.ts";
import type { Drafts } from "../mp/publish/drafts.ts";
import type { News } from "../mp/publish/news.ts";
import type { Publications } from "../mp/publish/publications.ts";
import type { Tokens } from "../mp/token/tokens.ts";
import type { Videos } from "../mp/video/videos.ts";
import type { Applyment } from "../pay/applyments.ts";
import type { StoredMedia } from "../pay/media-store.ts";
import type { Merchant } from "../pay/merchants.ts";
import type { Platform } from "../pay/platform/state.ts";
import type { EmulatorState } from "../state.ts";
import { keepUserMedia, type UserMedia } from "./user-sends.ts";

/** What a test sets and reads from outside. */
export interface Control {
  readonly credentials: Credentials;
  /** Everything as the options said: clock, faults, journal, merchants, accounts, tokens, media… */
  reset: () => void;
  /** Adds merchants and accounts, or changes those of the same mchid or appid. */
  seed: (seeds: { merchants?: readonly Merchant[]; accounts?: readonly Account[] }) => void;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  /** The files stored so far, oldest first. */
  readonly media: readonly StoredMedia[];
  /** The accounts as they were seeded, without their secrets. */
  readonly accounts: readonly Omit<Account, "secret">[];
  /** The access_tokens of the accounts: ends their lives, lists them. */
  readonly tokens: Tokens;
  /** The files of the accounts so far, expired ones included. */
  readonly mpMedia: readonly StoredMpMedia[];
  /** Lets a follower send a file to an account, and gives its media_id, good for 3 days. */
  userSends: (media: UserMedia) => string;
  /** The customer-service messages taken so far, oldest first. */
  readonly messages: readonly SentMessage[];
  /** The chunked videos, and what becomes of them. */
  readonly videos: Videos;
  /** The publish library, and how its reviews end. */
  readonly news: News;
  /** The draft boxes. */
  readonly drafts: Drafts;
  /** What freepublish/submit was asked, and what becomes of it. */
  readonly publications: Publications;
  /** The address clients seem to call from; undefined: that of the socket. */
  clientIp: string | undefined;
  /** The applications taken so far, oldest first. */
  readonly applyments: readonly Applyment[];
  /** Rotates the certificates, and switches between them and the public key. */
  readonly platform: Platform;
}

export function createControl(state: EmulatorState): Control {
  const { clock, faults, journal, platform, mp } = state;
  const { tokens } = mp;
  return {
    credentials,
    reset: () => state.reset(),
    seed({ merchants = [], accounts = [] }) {
      state.merchants.seed(merchants);
      mp.accounts.seed(accounts);
    },
    clock: { now: clock.now, set: clock.set, advance: clock.advance },
    faults: { add: faults.add, list: faults.list, clear: faults.clear },
    journal: { entries: journal.entries, clear: journal.clear },
    get media() {
      return state.media.all();
    },
    get accounts() {
      return mp.accounts.list();
    },
    tokens: { kill: tokens.kill, expire: tokens.expire, list: tokens.list, calls: tokens.calls },
    get mpMedia() {
      return mp.media.all();
    },
    userSends: (media) => keepUserMedia(state, media.appid ?? credentials.mp.appid, media),
    get messages() {
      return mp.messages.all();
    },
    videos: { list: mp.videos.list, setStatus: mp.videos.setStatus },
    news: { list: mp.news.list, review: mp.news.review },
    drafts: { list: mp.drafts.list },
    publications: { list: mp.publications.list, setStatus: mp.publications.setStatus },
    get clientIp() {
      return mp.clientIp;
    },
    set clientIp(ip) {
      mp.clientIp = ip;
    },
    get applyments() {
      return state.applyments.all();
    },
    platform: {
      get mode() {
        return platform.mode;
      },
      setMode: platform.setMode,
      certificates: platform.certificates,
      announce: platform.announce,
      activate: platform.activate,
      retire: platform.retire,
      alternate: platform.alternate,
      greyScale: platform.greyScale,
    },
  };
}
