import { check, valueText } from "../../validation/check.ts";
import { anyWholeNumber, listOf, optional } from "../../validation/rules.ts";
import type { Article, PagedArticle } from "./article.ts";
import { pagePath } from "./page-address.ts";

/** A submission of a draft, and what became of it. */
export interface StoredPublication {
  readonly appid: string;
  readonly publish_id: string;
  /** Of the draft. */
  readonly media_id: string;
  /** publish_status: 0 published, 1 on its way, 2 to 6 as 发布状态轮询接口 has them. */
  readonly status: number;
  readonly fail_idx: readonly number[];
  /** Once it is published. */
  readonly article_id?: string;
  readonly articles: readonly (Article & {
    readonly is_deleted: boolean;
    /** Path and query of its page, as long as it is published. */
    readonly pagePath?: string;
  })[];
  /** Unix seconds. */
  readonly submittedAt: number;
}

/** What freepublish/submit has brought about, as tests see and drive it. */
export interface PublicationControl {
  /** Oldest first. */
  list: () => StoredPublication[];
  /**
   * Lets freepublish/get answer this from now on, in place of what the clock says. `fail_idx` is by
   * default every article for 2 and 4, and else none.
   */
  setStatus: (publish_id: string | number, status: number, fail_idx?: readonly number[]) => void;
}

export interface KeptPublication {
  appid: string;
  publish_id: string;
  media_id: string;
  article_id: string;
  articles: (PagedArticle & { deleted?: true })[];
  /** Milliseconds on the clock. */
  submittedAt: number;
  set?: { status: number; fail_idx: readonly number[] };
}

export interface PublicationStore extends PublicationControl {
  add(publication: KeptPublication): void;
  find(appid: string, publishId: string): KeptPublication | undefined;
  /** By article_id; a published one. */
  published(appid: string, articleId: string): KeptPublication | undefined;
  /** The published ones of an account, newest first. */
  allPublished(appid: string): KeptPublication[];
  statusOf(publication: KeptPublication): number;
  failIdx(publication: KeptPublication): readonly number[];
  /** Whether a draft is on its way out. */
  isUnderWay(mediaId: string): boolean;
  /** Whether a draft has been published, whatever became of the articles then. */
  isPublished(mediaId: string): boolean;
  /** An article by the sn of its page. */
  bySn(sn: string): (PagedArticle & { appid: string; shownAt: number }) | undefined;
}

/** Documented, 发布状态轮询接口. */
const PUBLISHED = 0;
const UNDER_WAY = 1;
const ORIGINALITY_FAILED = 2;
const REVIEW_REFUSED = 4;
const DELETED_BY_USER = 5;
const BANNED = 6;

export function createPublications(now: () => number, publishingMs: number): PublicationStore {
  const kept = new Map<string, KeptPublication>();

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
    add: (publication) => void kept.set(publication.publish_id, publication),
    find(appid, publishId) {
      const found = kept.get(publishId);
      return found?.appid === appid ? found : undefined;
    },
    published: (appid, articleId) =>
      all().find((each) => each.appid === appid && each.article_id === articleId && isShown(each)),
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
