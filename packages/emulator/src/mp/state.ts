import { type Account, type Accounts, createAccounts } from "./account.ts";
import { type CallQuotas, createCallQuotas } from "./call-quotas.ts";
import {
  createMpLimits,
  type MediaProfile,
  type MpLimitName,
  type MpLimits,
} from "./media/limits.ts";
import { createMpMediaStore, type MpMediaStore } from "./media/store.ts";
import { createMessages, type Messages } from "./message/messages.ts";
import { createDrafts, type DraftStore } from "./publish/drafts.ts";
import { createNews, type NewsStore } from "./publish/news.ts";
import { checkPublishOptions, PUBLISH_CHOICES, type PublishOptions } from "./publish/options.ts";
import { newBiz } from "./publish/page-address.ts";
import { createPublications, type PublicationStore } from "./publish/publications.ts";
import { readReviewTimes } from "./review.ts";
import { createTokens, type TokenStore } from "./token/tokens.ts";
import { VIDEO_CHOICES, type VideoOptions } from "./video/options.ts";
import { createVideos, type VideoStore } from "./video/videos.ts";

/** What can be chosen of the Official Account. */
export interface MpOptions extends VideoOptions, PublishOptions {
  /** Besides the demo account of `credentials`; the same appid changes the demo account. */
  accounts?: readonly Account[];
  /** Characters of an access_token, 64 to 2048. Default: 136. */
  tokenLength?: number;
  /**
   * What a wrong secret is answered with: 40125, as reported of the live service (default), or
   * 40001, as the page of the token says.
   */
  wrongSecret?: 40125 | 40001;
  /** What follows an errmsg: ` hint: […] rid: …` (default), the rid alone, or nothing. */
  errmsgTail?: "both" | "rid" | "none";
  /** Uploads that succeed carry `errcode: 0`, as in today's samples. Default: false, as in older ones. */
  successErrcode?: boolean;
  /** Content-Type of JSON. Default: text/plain, as reported. */
  jsonContentType?: string;
  /** The documents whose limits hold. Default: "current". */
  mediaProfile?: MediaProfile;
  /** media/get of a video: a `video_url` (default), the video, or 40007 (assumed). */
  videoDownload?: "url" | "stream" | "refuse";
  /** A boundary in quotes is answered 41005, as reported (default). */
  quotedBoundary?: "refuse" | "accept";
  /** The client's address, for `ipWhitelist`. Default: that of the socket; in process 127.0.0.1. */
  clientIp?: string;
}

/** Everything of the Official Account that a reset resets. */
export interface MpState {
  accounts: Accounts;
  tokens: TokenStore;
  quotas: CallQuotas;
  limits: MpLimits;
  media: MpMediaStore;
  messages: Messages;
  videos: VideoStore;
  news: NewsStore;
  drafts: DraftStore;
  publications: PublicationStore;
  /** The __biz of an account, in the addresses of its articles. */
  bizOf(appid: string): string;
  /** Set from outside; wins over that of the socket. */
  clientIp: string | undefined;
  reset(): void;
}

const CHOICES: { [Name in keyof MpOptions]?: readonly unknown[] } = {
  wrongSecret: [40125, 40001],
  errmsgTail: ["both", "rid", "none"],
  successErrcode: [true, false],
  videoDownload: ["url", "stream", "refuse"],
  quotedBoundary: ["refuse", "accept"],
  ...VIDEO_CHOICES,
  ...PUBLISH_CHOICES,
};
/** Documented. */
const NEWS_PER_DAY = 200;
const DEFAULT_TOKEN_LENGTH = 136;

export function createMpState(
  options: MpOptions,
  limits: Partial<Record<MpLimitName, number>>,
  storage: "memory" | "digests",
  now: () => number,
): MpState {
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = options[name as keyof MpOptions];
    if (value !== undefined && !choices.includes(value)) {
      throw new TypeError(
        `${name} is ${JSON.stringify(value)}; it must be one of ${choices.join(", ")}.`,
      );
    }
  }
  const { tokenLength = DEFAULT_TOKEN_LENGTH, accounts = [] } = options;
  if (!(Number.isInteger(tokenLength) && tokenLength >= 64 && tokenLength <= 2048)) {
    throw new RangeError(`tokenLength is ${tokenLength}; it must be from 64 to 2048.`);
  }
  checkPublishOptions(options);
  const review = readReviewTimes(options.review);
  const publications = createPublications(now, review.publication);
  const bizs = new Map<string, string>();
  const state: MpState = {
    accounts: createAccounts(accounts),
    tokens: createTokens(now, tokenLength),
    quotas: createCallQuotas(),
    limits: createMpLimits(options.mediaProfile ?? "current", limits),
    media: createMpMediaStore(storage, now),
    messages: createMessages(),
    news: createNews(now, review.news, options.newsPerDay ?? NEWS_PER_DAY),
    drafts: createDrafts((mediaId) => publications.isPublished(mediaId)),
    publications,
    bizOf(appid) {
      const biz = bizs.get(appid) ?? newBiz();
      bizs.set(appid, biz);
      return biz;
    },
    videos: createVideos(now, review, storage === "memory", options.sha1),
    clientIp: options.clientIp,
    reset() {
      state.accounts.reset();
      state.tokens.reset();
      state.quotas.reset();
      state.media.clear();
      state.messages.clear();
      state.videos.clear();
      state.news.clear();
      state.drafts.clear();
      state.publications.clear();
      state.clientIp = options.clientIp;
    },
  };
  return state;
}
