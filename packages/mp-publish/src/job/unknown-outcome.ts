import { type MpClient, OutcomeUnknownError } from "@wechat-edge/core";
import type { AbortSignal } from "@wechat-edge/core/internal/upload";
import type { ArticleTarget } from "../article/limits.ts";
import { isId } from "../calls/call-api.ts";
import { getDraft, whereDrafted } from "../calls/drafts.ts";
import { queryNews, whereAdded } from "../calls/news.ts";
import { type PublicationEvent, readEvent } from "../calls/publication-event.ts";
import { WHERE_SUBMITTED } from "../calls/publications.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState, PublishStep } from "./state.ts";

/**
 * What you found out for a job that cannot know it.
 *
 * After an OutcomeUnknownError: `"nothing"` if WeChat did nothing, or the ids of what it did. A `publish_id` comes from
 * the event PUBLISHJOBFINISH; the job then waits for that publication. The event itself will do: then it need not wait.
 * For a draft that was published by hand (as errcodes 48001 and 53503 to 53505 advise): the article's id, its address,
 * or both.
 *
 * An article of the publish library that was submitted by hand needs no resolution: WeChat says so when the job submits
 * it.
 */
export type OutcomeResolution =
  | "nothing"
  | { readonly media_id: string }
  | { readonly publish_id: string }
  | PublicationEvent
  | { readonly article_id: string; readonly url?: string | undefined }
  | { readonly url: string };

/** The event that a resolution is, if it is one. */
export function eventOf(resolution: OutcomeResolution | undefined): PublicationEvent | undefined {
  return readEvent(resolution) === undefined ? undefined : (resolution as PublicationEvent);
}

/** Steps that must not be repeated. */
type OnceStep = "article" | "submit";

/**
 * Whether a repetition would add or publish a second article. All other steps are repeated; so is submitting to the
 * publish library, because WeChat answers that it was submitted before.
 */
export function isOnce(target: ArticleTarget, step: PublishStep | undefined): step is OnceStep {
  return step === "article" || (step === "submit" && target === "draft");
}

/** Adds the resolution to the state. Throws OutcomeUnknownError if a step needs a resolution and none was passed. */
export async function resolveUnknownOutcome(
  mp: MpClient,
  job: PublishJob,
  state: PublishState,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly resolution?: OutcomeResolution | undefined;
    readonly onState?: ((state: PublishState) => unknown) | undefined;
  },
): Promise<PublishState> {
  const { resolution, onState, signal } = options;
  const { pending, ...rest } = state;
  if (resolution === undefined) {
    if (!isOnce(job.target, pending)) return rest;
    const cause = new Error("An earlier run ended while the request was under way.");
    throw unknownOutcome(job, pending, cause);
  }
  const settled = outcome(job.target, state, resolution);
  if (settled.media_id !== undefined) await checkFound(mp, job, settled.media_id, signal);
  const next = { ...rest, ...settled };
  await onState?.(next);
  return next;
}

/**
 * Throws if the resolution names an article that does not exist or has another title, so that it is not published.
 * Assumed: WeChat returns titles as they were sent.
 */
async function checkFound(
  mp: MpClient,
  { target, article }: PublishJob,
  media_id: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (target === "publish-library") {
    await queryNews(mp, { media_id }, { signal }); // the reply has no title
    return;
  }
  const [first] = (await getDraft(mp, { media_id }, { signal })).news_item;
  if (first?.title === article.title) return;
  throw new TypeError(
    `resolution.media_id must be the media_id of a draft with the title ${JSON.stringify(article.title)}; the draft ${media_id} has the title ${JSON.stringify(first?.title)}.`,
  );
}

/** The message for a `resolution` that no step needs. */
export const NOTHING_TO_RESOLVE =
  "resolution was passed, but the outcome of no step is unknown. Pass it only after an OutcomeUnknownError, or for a draft that was published by hand.";

/** The error for a step that may have been done: where to look, and what to pass then. */
export function unknownOutcome(
  { target, article }: PublishJob,
  pending: OnceStep,
  cause: unknown,
): OutcomeUnknownError {
  const next = (answer: string): string => `Then run the job again with resolution: ${answer}.`;
  if (pending === "submit") {
    return new OutcomeUnknownError({
      step: "submitPublication",
      lookAt: WHERE_SUBMITTED,
      next: next(
        '{ publish_id } of the event PUBLISHJOBFINISH, that event itself, { article_id }, { url } or "nothing"',
      ),
      cause,
    });
  }
  const [step, lookAt] =
    target === "publish-library"
      ? ["addNews", whereAdded(article.title)]
      : ["addDraft", whereDrafted(article.title)];
  return new OutcomeUnknownError({ step, lookAt, next: next('{ media_id } or "nothing"'), cause });
}

function outcome(
  target: ArticleTarget,
  state: PublishState,
  resolution: OutcomeResolution,
): Partial<PublishState> {
  const { pending } = state;
  const isDraft = target === "draft" && state.media_id !== undefined && state.published !== true;
  if (!isDraft && !isOnce(target, pending)) throw new TypeError(NOTHING_TO_RESOLVE);
  if (resolution === "nothing" && isOnce(target, pending)) return {};
  const { media_id, article_id, url, ...told } = (resolution ?? {}) as Record<string, unknown>;
  const publish_id = readEvent(resolution)?.publish_id ?? told["publish_id"];
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
      ? 'resolution must be { media_id } or "nothing" after the article was sent. Ids are strings.'
      : 'resolution must be { article_id } or { url } of the published article, { publish_id } of a submission that the job does not know of, or "nothing" after an OutcomeUnknownError. Ids are strings.',
  );
}
