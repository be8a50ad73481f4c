import { type MpClient, OutcomeUnknownError } from "@wechat-edge/core";
import type { ArticleTarget } from "../article/limits.ts";
import { getDraft } from "../calls/drafts.ts";
import { queryNews } from "../calls/news.ts";
import { WHERE_SUBMITTED } from "../calls/publications.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState, PublishStep } from "./state.ts";

/**
 * What the caller tells of a step that is not the job's own doing: after an OutcomeUnknownError what he found, "nothing"
 * or the ids of what was done; and of a draft that he has published by hand, as 48001 and 53503 to 53505 ask him to, the
 * article's id, its address, or both. A `publish_id` is of the event PUBLISHJOBFINISH, and is waited for.
 *
 * An article of the library that was submitted by hand needs no telling: WeChat says so when the job submits it.
 */
export type FoundOutcome =
  | "nothing"
  | { readonly media_id: string }
  | { readonly publish_id: string }
  | { readonly article_id: string; readonly url?: string | undefined }
  | { readonly url: string };

/** Steps that must not simply be done again. */
type OnceStep = "article" | "submit";

/**
 * Whether a second time would add or publish a second article. All other steps are simply done again; submitting to
 * the library too, which tells that it had been done.
 */
export function isOnce(target: ArticleTarget, step: PublishStep | undefined): step is OnceStep {
  return step === "article" || (step === "submit" && target === "draft");
}

/** Puts what the caller found into the state, or stops where nobody knows. */
export async function settle(
  mp: MpClient,
  job: PublishJob,
  state: PublishState,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly found?: FoundOutcome | undefined;
    readonly onState?: ((state: PublishState) => unknown) | undefined;
  },
): Promise<PublishState> {
  const { found, onState, signal } = options;
  const { pending, ...rest } = state;
  if (found === undefined) {
    if (!isOnce(job.target, pending)) return rest;
    const cause = new Error("An earlier run ended while the request was under way.");
    throw unknownOutcome(job, pending, cause);
  }
  const settled = outcome(job.target, state, found);
  if (settled.media_id !== undefined) await checkFound(mp, job, settled.media_id, signal);
  const next = { ...rest, ...settled };
  await onState?.(next);
  return next;
}

/** Throws where the article that was found is not there, or is another: it might be published. That a title comes back as it was sent is assumed. */
async function checkFound(
  mp: MpClient,
  { target, article }: PublishJob,
  media_id: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (target === "library") {
    await queryNews(mp, { media_id }, { signal }); // tells no title
    return;
  }
  const [first] = (await getDraft(mp, { media_id }, { signal })).news_item;
  if (first?.title === article.title) return;
  throw new TypeError(
    `found.media_id must be of a draft with the title ${JSON.stringify(article.title)}; this one has ${JSON.stringify(first?.title)}.`,
  );
}

/** Why `found` is refused where nobody asked. */
export const NOTHING_TO_TELL =
  "found has nothing to tell of: there is no state with a step whose outcome is unknown, nor one with a draft that is not published.";

/** The error of a step that may have been done: where to look, and what to say then. */
export function unknownOutcome(
  { target, article }: PublishJob,
  pending: OnceStep,
  cause: unknown,
): OutcomeUnknownError {
  if (pending === "submit") {
    const lookAt = `${WHERE_SUBMITTED} (then say found: { publish_id } of the event PUBLISHJOBFINISH, { article_id }, { url } or "nothing"),`;
    return new OutcomeUnknownError({ step: "submitPublication", lookAt, cause });
  }
  const title = JSON.stringify(article.title);
  const [step, where] =
    target === "library"
      ? [
          "uploadNews",
          `the list under 媒体API on mp.weixin.qq.com, for an article that is not submitted and has the title ${title}`,
        ]
      : [
          "addDraft",
          `草稿箱 on mp.weixin.qq.com, or listDrafts, for a draft with the title ${title}`,
        ];
  const lookAt = `${where} (then say found: { media_id } or "nothing"),`;
  return new OutcomeUnknownError({ step, lookAt, cause });
}

function outcome(
  target: ArticleTarget,
  state: PublishState,
  found: FoundOutcome,
): Partial<PublishState> {
  const { pending } = state;
  const isDraft = target === "draft" && state.media_id !== undefined && state.published !== true;
  if (!isDraft && !isOnce(target, pending)) throw new TypeError(NOTHING_TO_TELL);
  if (found === "nothing" && isOnce(target, pending)) return {};
  const { media_id, publish_id, article_id, url } = (found ?? {}) as Record<string, unknown>;
  if (pending === "article" && isId(media_id)) return { media_id };
  if (isDraft && state.submitted !== true && isId(publish_id)) {
    return { submitted: true, publish_id };
  }
  const isOdd = [article_id, url].some((id) => id !== undefined && !isId(id));
  const ids = { ...(isId(article_id) && { article_id }), ...(isId(url) && { url }) };
  if (isDraft && !isOdd && Object.keys(ids).length > 0) {
    return { submitted: true, published: true, ...ids };
  }
  throw new TypeError(
    pending === "article"
      ? 'found must be { media_id } or "nothing" after the article was sent; ids are texts.'
      : 'found must be { article_id } or { url } of what is published, { publish_id } of a submission that the state does not hold, or, after an OutcomeUnknownError, "nothing"; ids are texts.',
  );
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
