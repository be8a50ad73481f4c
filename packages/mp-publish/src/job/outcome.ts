import { OutcomeUnknownError } from "@wechat-edge/core";
import type { ArticleTarget } from "../article/limits.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState, PublishStep } from "./state.ts";

/**
 * What the caller found when he looked, after an OutcomeUnknownError: that nothing was done, or the ids of
 * what was. `article_id` and `url` are for a draft that is published already.
 */
export type FoundOutcome =
  | "nothing"
  | { readonly media_id: string }
  | { readonly publish_id: string }
  | { readonly article_id: string; readonly url?: string | undefined };

/** Steps that must not simply be done again. */
type OnceStep = "article" | "submit";

/**
 * Whether a second time would add or publish a second article. All other steps are simply done again; submitting to
 * the library too, which tells that it had been done.
 */
export function isOnce(target: ArticleTarget, step: PublishStep | undefined): step is OnceStep {
  return step === "article" || (step === "submit" && target === "draft");
}

/** Turns a pending step into what the caller found, or stops where nobody knows. */
export async function settle(
  job: PublishJob,
  state: PublishState,
  options: {
    readonly found?: FoundOutcome | undefined;
    readonly onState?: ((state: PublishState) => unknown) | undefined;
  },
): Promise<PublishState> {
  const { found, onState } = options;
  const { pending, ...rest } = state;
  if (!isOnce(job.target, pending)) {
    if (found === undefined) return rest;
    throw new TypeError(NOTHING_TO_TELL);
  }
  if (found === undefined) {
    const cause = new Error("An earlier run ended while the request was under way.");
    throw unknownOutcome(job, pending, cause);
  }
  const next = { ...rest, ...outcome(pending, found) };
  await onState?.(next);
  return next;
}

/** Why `found` is refused where nobody asked. */
export const NOTHING_TO_TELL =
  "found has nothing to tell of: there is no state with a step whose outcome is unknown.";

/** The error of a step that may have been done: where to look, and what to say then. */
export function unknownOutcome(
  { target, article }: PublishJob,
  pending: OnceStep,
  cause: unknown,
): OutcomeUnknownError {
  if (pending === "submit") {
    // That the draft is still in the box tells nothing: it leaves it when it is published, not when it is submitted.
    const lookAt =
      '发表记录 on mp.weixin.qq.com, or after a while listPublishedArticles (then say found: { publish_id }, { article_id } or "nothing"),';
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

function outcome(pending: OnceStep, found: FoundOutcome): Partial<PublishState> {
  if (found === "nothing") return {};
  const { media_id, publish_id, article_id, url } = (found ?? {}) as Record<string, unknown>;
  if (pending === "article" && isId(media_id)) return { media_id };
  if (pending === "submit" && isId(publish_id)) return { submitted: true, publish_id };
  if (pending === "submit" && isId(article_id) && (url === undefined || isId(url))) {
    return { submitted: true, published: true, article_id, ...(url !== undefined && { url }) };
  }
  throw new TypeError(
    pending === "article"
      ? 'found must be { media_id } or "nothing" after the article was sent; ids are texts.'
      : 'found must be { publish_id }, { article_id } or "nothing" after the draft was submitted; ids are texts.',
  );
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
