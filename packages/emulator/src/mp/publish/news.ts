import { dayOf } from "../../time/day.ts";
import { check, valueText } from "../../validation/check.ts";
import { oneOf, optional, text } from "../../validation/rules.ts";
import type { Article, PagedArticle } from "./article.ts";
import { pagePath } from "./page-address.ts";

/** As `publish/query` answers: not submitted, under review, published, turned down. */
export type NewsStatus = "未提交" | "审核中" | "发布成功" | "审核未通过";

/** An article of the publish library, deleted ones included. */
export interface StoredNews {
  readonly appid: string;
  readonly media_id: string;
  readonly status: NewsStatus;
  readonly deleted: boolean;
  readonly article: Article;
  /** What was changed in it or looks odd. */
  readonly warnings: readonly string[];
  /** Unix seconds. */
  readonly create_at: number;
  /** Unix seconds. */
  readonly submittedAt?: number;
  /** Of a refusal. */
  readonly reason?: string;
  /** Path and query of its page, as soon as it is published. */
  readonly pagePath?: string;
}

/** The publish library of the accounts, as tests see and drive it. */
export interface NewsControl {
  /** Oldest first. */
  list: () => StoredNews[];
  /** Ends the review of an article, in place of the clock, or changes how it ended. */
  review: (media_id: string, result: "pass" | "refuse", reason?: string) => void;
}

export interface KeptNews extends PagedArticle {
  appid: string;
  media_id: string;
  /** Milliseconds on the clock, as the other. */
  createdAt: number;
  submittedAt?: number;
  reviewed?: { result: "pass" | "refuse"; reason?: string };
  deleted?: true;
}

export interface NewsStore extends NewsControl {
  add(news: KeptNews): void;
  /** One of this account that is not deleted. */
  find(appid: string, mediaId: string): KeptNews | undefined;
  statusOf(news: KeptNews): NewsStatus;
  /** Submits it, unless the account's articles of the day are used up; a deletion gives none back. */
  submit(news: KeptNews): boolean;
  /** A published article by the sn of its page. */
  bySn(sn: string): KeptNews | undefined;
}

/** A day is taken as one in Asia/Shanghai (assumed). */
export function createNews(now: () => number, reviewMs: number, articlesPerDay: number): NewsStore {
  const kept = new Map<string, KeptNews>();
  const submitted = new Map<string, number>();

  const statusOf = ({ submittedAt, reviewed }: KeptNews): NewsStatus => {
    if (submittedAt === undefined) return "未提交";
    if (reviewed) return reviewed.result === "pass" ? "发布成功" : "审核未通过";
    return now() - submittedAt < reviewMs ? "审核中" : "发布成功";
  };
  const shown = (news: KeptNews): StoredNews => {
    const { appid, media_id, article, warnings, createdAt, submittedAt, reviewed, deleted } = news;
    const status = statusOf(news);
    return {
      appid,
      media_id,
      status,
      deleted: deleted ?? false,
      article: structuredClone(article),
      warnings: [...warnings],
      create_at: Math.floor(createdAt / 1000),
      ...(submittedAt !== undefined && { submittedAt: Math.floor(submittedAt / 1000) }),
      ...(reviewed?.reason !== undefined && { reason: reviewed.reason }),
      ...(status === "发布成功" && !deleted && { pagePath: pagePath(news.page) }),
    };
  };

  return {
    list: () => [...kept.values()].map(shown),
    review(media_id, result, reason) {
      const found = kept.get(media_id);
      if (found === undefined || found.deleted) {
        throw new TypeError(`The publish library has no article ${valueText(media_id)}.`);
      }
      check(oneOf(["pass", "refuse"]), result, "result");
      check(optional(text), reason, "reason");
      if (found.submittedAt === undefined) {
        throw new TypeError(
          `The article ${media_id} is not submitted; submit it before its review.`,
        );
      }
      found.reviewed = { result, ...(reason !== undefined && { reason }) };
    },
    add: (news) => void kept.set(news.media_id, news),
    find(appid, mediaId) {
      const found = kept.get(mediaId);
      return found?.appid === appid && !found.deleted ? found : undefined;
    },
    statusOf,
    submit(news) {
      const day = `${news.appid} ${dayOf(now())}`;
      const before = submitted.get(day) ?? 0;
      if (before >= articlesPerDay) return false;
      submitted.set(day, before + 1);
      news.submittedAt = now();
      return true;
    },
    bySn: (sn) =>
      [...kept.values()].find(
        (news) => news.page.sn === sn && !news.deleted && statusOf(news) === "发布成功",
      ),
  };
}
