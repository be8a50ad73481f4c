import { randomBytes } from "../../bytes/random.ts";
import { check, valueText } from "../../validation/check.ts";
import { anyWholeNumber, listOf, optional } from "../../validation/rules.ts";
import type { Article, PagedArticle } from "./article.ts";
import { pagePath } from "./page-address.ts";

/** A submitted draft and its status. */
export interface StoredPublication {
  readonly appid: string;
  readonly publish_id: string;
  /** What comment/open and comment/close take. */
  readonly msg_data_id: string;
  /** The media_id of the draft. */
  readonly media_id: string;
  /** publish_status: 0 published, 1 publishing, 2 to 6 as in 发布状态轮询接口. */
  readonly status: number;
  /** The numbers of the articles that failed, from 1. */
  readonly fail_idx: readonly number[];
  /** Present once it is published. */
  readonly article_id?: string;
  readonly articles: readonly (Article & {
    readonly is_deleted: boolean;
    /** Path and query of its page, while it is published. */
    readonly pagePath?: string;
  })[];
  /** When it was submitted, in Unix seconds. */
  readonly submittedAt: number;
}

/** The submissions to freepublish/submit. */
export interface PublicationControl {
  /** The submissions, oldest first. */
  list: () => StoredPublication[];
  /**
   * Sets the status that freepublish/get answers, regardless of the clock. `fail_idx` defaults to every
   * article for status 2 and 4, and to none otherwise. Throws TypeError for an unknown publish_id.
   */
  setStatus: (publish_id: string | number, status: number, fail_idx?: readonly number[]) => void;
}

export interface KeptPublication {
  appid: string;
  publish_id: string;
  msg_data_id: string;
  media_id: string;
  article_id: string;
  articles: (PagedArticle & { deleted?: true })[];
  /** Milliseconds by the clock. */
  submittedAt: number;
  set?: { status: number; fail_idx: readonly number[] };
}

export interface PublicationStore extends PublicationControl {
  /** A publish_id that no submission has. */
  newId(): string;
  add(publication: KeptPublication): void;
  find(appid: string, publishId: string): KeptPublication | undefined;
  /** The published submission with this article_id. */
  published(appid: string, articleId: string): KeptPublication | undefined;
  /** The published submission with this msg_data_id. */
  byMsgData(appid: string, msgDataId: string): KeptPublication | undefined;
  /** The published submissions of an account, newest first. */
  allPublished(appid: string): KeptPublication[];
  statusOf(publication: KeptPublication): number;
  failIdx(publication: KeptPublication): readonly number[];
  /** Whether a draft is being published. */
  isUnderWay(mediaId: string): boolean;
  /** Whether a draft has been published, even if its articles were deleted or banned since. */
  isPublished(mediaId: string): boolean;
  /** The article with this `sn` in its address. */
  bySn(sn: string): (PagedArticle & { appid: string; shownAt: number }) | undefined;
}

/** Documented in 发布状态轮询接口. */
const PUBLISHED = 0;
const UNDER_WAY = 1;
const ORIGINALITY_FAILED = 2;
const REVIEW_REFUSED = 4;
const DELETED_BY_USER = 5;
const BANNED = 6;

/** Recorded: the ids of young accounts follow this number. */
const IDS_BEGIN_AT = 2_247_483_647;

export function createPublications(now: () => number, publishingMs: number): PublicationStore {
  const kept = new Map<string, KeptPublication>();
  let lastId = IDS_BEGIN_AT;

  const statusOf = ({ set, submittedAt, articles }: KeptPublication): number => {
    const elapsed = now() - submittedAt;
    const status = set?.status ?? (elapsed < publishingMs ? UNDER_WAY : PUBLISHED);
    const gone = articles.every(({ deleted }) => deleted);
    return status === PUBLISHED && gone ? DELETED_BY_USER : status;
  };
  const isOut = (each: KeptPublication): boolean =>
    [PUBLISHED, DELETED_BY_USER, BANNED].includes(statusOf(each));
  const failIdx = ({ set }: KeptPublication): readonly number[] => set?.fail_idx ?? [];
  const all = (): KeptPublication[] => [...kept.values()];
  const isShown = (each: KeptPublication): boolean => statusOf(each) === PUBLISHED;

  return {
    list: () =>
      all().map((each) => ({
        appid: each.appid,
        publish_id: each.publish_id,
        msg_data_id: each.msg_data_id,
        media_id: each.media_id,
        status: statusOf(each),
        fail_idx: [...failIdx(each)],
        ...(isOut(each) && { article_id: each.article_id }),
        articles: each.articles.map(({ article, page, deleted }) => ({
          ...structuredClone(article),
          is_deleted: deleted ?? false,
          ...(isShown(each) && !deleted && { pagePath: pagePath(page) }),
        })),
        submittedAt: Math.floor(each.submittedAt / 1000),
      })),
    setStatus(publish_id, status, fail_idx) {
      const found = kept.get(String(publish_id));
      if (found === undefined)
        throw new TypeError(`There is no publication ${valueText(publish_id)}.`);
      check(anyWholeNumber, status, "status");
      check(optional(listOf(anyWholeNumber, "whole numbers")), fail_idx, "fail_idx");
      const failed = status === ORIGINALITY_FAILED || status === REVIEW_REFUSED;
      const every = found.articles.map(({ page }) => page.idx);
      found.set = { status, fail_idx: fail_idx ?? (failed ? every : []) };
    },
    newId() {
      lastId += 1 + (randomBytes(1)[0] ?? 0);
      return String(lastId);
    },
    add: (publication) => void kept.set(publication.publish_id, publication),
    find(appid, publishId) {
      const found = kept.get(publishId);
      return found?.appid === appid ? found : undefined;
    },
    published: (appid, articleId) =>
      all().find((each) => each.appid === appid && each.article_id === articleId && isShown(each)),
    byMsgData: (appid, id) =>
      all().find((each) => each.appid === appid && each.msg_data_id === id && isShown(each)),
    allPublished: (appid) =>
      all()
        .filter((each) => each.appid === appid && isShown(each))
        .reverse(),
    statusOf,
    failIdx,
    isUnderWay: (mediaId) =>
      all().some((each) => each.media_id === mediaId && statusOf(each) === UNDER_WAY),
    isPublished: (mediaId) => all().some((each) => each.media_id === mediaId && isOut(each)),
    bySn(sn) {
      for (const each of all().filter(isShown)) {
        const found = each.articles.find(({ page, deleted }) => page.sn === sn && !deleted);
        if (found) return { ...found, appid: each.appid, shownAt: each.submittedAt };
      }
      return undefined;
    },
  };
}
