import { type Accounts, createAccounts } from "./account.ts";
import { type CallQuotas, createCallQuotas } from "./call-quotas.ts";
import { type Callbacks, createCallbacks } from "./callbacks/callbacks.ts";
import { createPublishEvents, type PublishEvents } from "./callbacks/publish-events.ts";
import { createLibraryNews, type LibraryNewsStore } from "./media/library-news.ts";
import { createMpLimits, type MpLimits } from "./media/limits.ts";
import { createMpMediaStore, type MpMediaStore } from "./media/store.ts";
import { createMessages, type Messages } from "./message/messages.ts";
import { createPreviews, type Previews } from "./message/previews.ts";
import type { MpOptions } from "./options.ts";
import { createPlatforms, type Platforms } from "./platform/platforms.ts";
import { createPushes, type Pushes } from "./platform/pushes.ts";
import { createDrafts, type DraftStore } from "./publish/drafts.ts";
import { createNews, type NewsStore } from "./publish/news.ts";
import { newBiz } from "./publish/page-address.ts";
import { createPublications, type PublicationStore } from "./publish/publications.ts";
import { createRids, type RidStore } from "./quota/rids.ts";
import { reviewTimes } from "./review.ts";
import { createTokens, type TokenStore } from "./token/tokens.ts";
import type { Sha1 } from "./video/sha1.ts";
import { createVideos, type VideoStore } from "./video/videos.ts";

/** The state of the Official Account. */
export interface MpState {
  options: MpOptions;
  accounts: Accounts;
  tokens: TokenStore;
  quotas: CallQuotas;
  rids: RidStore;
  limits: MpLimits;
  media: MpMediaStore;
  libraryNews: LibraryNewsStore;
  messages: Messages;
  /** What WeChat sends: messages and events of accounts, tickets of third-party platforms. */
  callbacks: Callbacks;
  platforms: Platforms;
  pushes: Pushes;
  publishEvents: PublishEvents;
  previews: Previews;
  videos: VideoStore;
  /** A faster SHA-1 than WebCrypto, if the runtime has one. */
  newSha1: (() => Sha1) | undefined;
  news: NewsStore;
  drafts: DraftStore;
  publications: PublicationStore;
  /** The `__biz` in the article addresses of an account. */
  bizOf(appid: string): string;
  /** Set by options or `control`; replaces the address of the socket. */
  clientIp: string | undefined;
}

/** Documented. */
const NEWS_PER_DAY = 200;
const DEFAULT_TOKEN_LENGTH = 136;

export function createMpState(
  options: MpOptions,
  storage: "memory" | "digests",
  now: () => number,
  newSha1?: () => Sha1,
): MpState {
  const { tokenLength = DEFAULT_TOKEN_LENGTH, accounts = [] } = options;
  const review = reviewTimes(options.review);
  const tokens = createTokens(now, tokenLength);
  const callbacks = createCallbacks(now);
  const platforms = createPlatforms(options.platforms ?? [], tokens, now);
  const publications = createPublications(now, review.publication);
  const known = createAccounts(accounts, options.mediaIdLength ?? 43);
  const bizs = new Map<string, string>();
  return {
    options,
    accounts: known,
    tokens,
    quotas: createCallQuotas(),
    limits: createMpLimits(options.mediaProfile ?? "reported", options.limits ?? {}),
    rids: createRids(),
    media: createMpMediaStore(storage, now),
    libraryNews: createLibraryNews(),
    messages: createMessages(),
    callbacks,
    platforms,
    pushes: createPushes(platforms, callbacks, now),
    publishEvents: createPublishEvents(known, publications, callbacks, now, options.articleOrigin),
    previews: createPreviews(),
    news: createNews(now, review.news, options.newsPerDay ?? NEWS_PER_DAY),
    drafts: createDrafts((mediaId) => publications.isPublished(mediaId)),
    publications,
    bizOf(appid) {
      const biz = bizs.get(appid) ?? newBiz();
      bizs.set(appid, biz);
      return biz;
    },
    videos: createVideos(now, review, storage === "memory", newSha1),
    newSha1,
    clientIp: options.clientIp,
  };
}
