import { dayOf } from "../../time/day.ts";
import { check, valueText } from "../../validation/check.ts";
import { oneOf, optional, text } from "../../validation/rules.ts";
import type { Article, PagedArticle } from "./article.ts";
import { pagePath } from "./page-address.ts";

/** The status in `publish/query`: not submitted, in review, published, refused. */
export type NewsStatus = "未提交" | "审核中" | "发布成功" | "审核未通过";

/** An article of the publish library, deleted ones included. */
export interface StoredNews {
  readonly appid: string;
  readonly media_id: string;
  readonly status: NewsStatus;
  readonly deleted: boolean;
  readonly article: Article;
  /** What was removed from it or looks wrong. */
  readonly warnings: readonly string[];
  /** When it was added, in Unix seconds. */
  readonly create_at: number;
  /** When it was submitted, in Unix seconds. */
  readonly submittedAt?: number;
  /** Why it was refused. */
  readonly reason?: string;
  /** Path and query of its page, once it is published. */
  readonly pagePath?: string;
}

/** The publish library (发布库) of the accounts. */
export interface NewsControl {
  /** The articles, oldest first. */
  list: () => StoredNews[];
  /**
   * Ends the review of a submitted article, or changes its result. Throws TypeError for an unknown or
   * unsubmitted article.
   */
  review: (media_id: string, result: "pass" | "refuse", reason?: string) => void;
}

export interface KeptNews extends PagedArticle {
  appid: string;
  media_id: string;
  /** Milliseconds by the clock, like `submittedAt`. */
  createdAt: number;
  submittedAt?: number;
  reviewed?: { result: "pass" | "refuse"; reason?: string };
  deleted?: true;
}

export interface NewsStore extends NewsControl {
  add(news: KeptNews): void;
  /** An article of this account that is not deleted. */
  find(appid: string, mediaId: string): KeptNews | undefined;
  statusOf(news: KeptNews): NewsStatus;
  /** Submits an article unless the daily limit is reached; deleting one does not lower the count. */
  submit(news: KeptNews): boolean;
  /** The published article with this `sn` in its address. */
  bySn(sn: string): KeptNews | undefined;
}

/** A day is a day in Asia/Shanghai (assumed). */
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
