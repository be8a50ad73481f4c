import { html, type Markup } from "../html/html.ts";
import type { StoredDraft } from "../mp/publish/drafts.ts";
import type { NewsStatus, StoredNews } from "../mp/publish/news.ts";
import type { StoredPublication } from "../mp/publish/publications.ts";
import { actButton, acts, chip, itemRow, ownerFact, type Tone, warningList } from "./item.ts";
import { timeOf } from "./readable.ts";

const NEWS: Record<NewsStatus, readonly [english: string, tone: string]> = {
  未提交: ["not submitted", ""],
  审核中: ["in review", "waiting"],
  发布成功: ["published", "good"],
  审核未通过: ["refused", "bad"],
};

/** 发布状态轮询接口. */
const PUBLISH: readonly (readonly [text: string, tone: string])[] = [
  ["published", "good"],
  ["publishing", "waiting"],
  ["original declaration failed", "bad"],
  ["failed", "bad"],
  ["refused by review", "bad"],
  ["deleted by the account", "bad"],
  ["banned", "bad"],
];

/** publish_status while publishing. */
const PUBLISHING = 1;

const OUTCOMES: readonly [label: string, status: number, tone: Tone][] = [
  ["Publish", 0, "good"],
  ["Refuse", 4, "bad"],
  ["Fail originality", 2, "bad"],
  ["Fail", 3, "bad"],
  ["Ban", 6, "bad"],
];

/** The page's own policy keeps an article from running scripts or reaching its opener. */
const pageLink = (path: string | undefined, title: string, several = false): Markup | undefined =>
  path === undefined
    ? undefined
    : html`<p class="link"><a href="${path}" target="_blank" rel="noopener noreferrer">Open page<bdi class="${several ? "" : "sr"}"> of ${title}</bdi></a></p>`;

function newsRow(news: StoredNews): Markup {
  const { appid, media_id, status, deleted, article, warnings, reason, submittedAt } = news;
  const { title } = article;
  const [english, tone] = NEWS[status];
  const state = deleted ? chip("deleted", "bad") : chip(`${status} ${english}`, tone);
  return itemRow({
    key: media_id,
    title,
    facts: [
      html`${state} <bdi>${reason}</bdi>`,
      article.author,
      submittedAt !== undefined && html`submitted ${timeOf(submittedAt * 1000, "minute")}`,
      ownerFact("account", appid),
    ],
    ids: [["media_id", media_id]],
    more: [
      warningList(warnings),
      pageLink(news.pagePath, title),
      status === "审核中" && !deleted
        ? acts(
            actButton("Approve", "news", { media_id, result: "pass" }, title, "good"),
            actButton("Refuse", "news", { media_id, result: "refuse" }, title, "bad"),
          )
        : undefined,
    ],
  });
}

export const newsRows = (news: readonly StoredNews[]): Markup =>
  html`${[...news].reverse().map(newsRow)}`;

function draftRow({
  appid,
  media_id,
  articles,
  warnings,
  update_time,
  pagePaths,
}: StoredDraft): Markup {
  const [first, ...others] = articles;
  return itemRow({
    key: media_id,
    title: first?.title ?? "",
    facts: [
      others.length > 0 && `and ${others.length} more`,
      html`changed ${timeOf(update_time * 1000, "minute")}`,
      ownerFact("account", appid),
    ],
    ids: [["media_id", media_id]],
    more: [
      warningList([...new Set(warnings.flat())]),
      pagePaths.map((path, at) => pageLink(path, articles[at]?.title ?? "", pagePaths.length > 1)),
    ],
  });
}

export const draftRows = (drafts: readonly StoredDraft[]): Markup =>
  html`${[...drafts].reverse().map(draftRow)}`;

function publicationRow(publication: StoredPublication): Markup {
  const { appid, publish_id, status, fail_idx, articles, submittedAt } = publication;
  const [text, tone] = PUBLISH[status] ?? ["", ""];
  const title = articles[0]?.title ?? "";
  return itemRow({
    key: publish_id,
    title,
    facts: [
      chip(`${status} ${text}`, tone),
      fail_idx.length > 0 && `fail_idx ${fail_idx.join(", ")}`,
      articles.length > 1 && `${articles.length} articles`,
      html`submitted ${timeOf(submittedAt * 1000, "minute")}`,
      ownerFact("account", appid),
    ],
    ids: [
      ["publish_id", publish_id],
      ["article_id", publication.article_id],
    ],
    more: [
      articles.map((article) => pageLink(article.pagePath, article.title, articles.length > 1)),
      status === PUBLISHING
        ? acts(
            OUTCOMES.map(([label, outcome, tone]) =>
              actButton(label, "publications", { publish_id, status: outcome }, title, tone),
            ),
          )
        : undefined,
    ],
  });
}

export const publicationRows = (publications: readonly StoredPublication[]): Markup =>
  html`${[...publications].reverse().map(publicationRow)}`;
