import type { MpClient } from "@wechat-edge/core";
import { type AbortSignal, shown } from "@wechat-edge/core/internal/upload";
import type { ArticleTarget } from "../article/limits.ts";
import { answeredAlready, answerToAnother, attemptOf, saysNothing } from "../attempt.ts";
import { isId } from "../calls/call-api.ts";
import type { Publication } from "../calls/publication.ts";
import { type PublicationEvent, readEvent } from "../calls/publication-event.ts";
import type { PublishJob } from "./job.ts";
import { lookUp, type Told } from "./look-up.ts";
import { isOnce, type PublishState } from "./state.ts";
import { answersTo, unknownOutcome } from "./unknown-outcome.ts";

/**
 * What you found out for a job that cannot know it.
 *
 * After an OutcomeUnknownError: its `attempt`, with `outcome: "nothing"` if WeChat did nothing, or with the ids of what
 * it did. An answer serves that one attempt: after the next one the job asks again. A `publish_id` comes from the event
 * PUBLISHJOBFINISH; the job then waits for that publication. The event itself will do: it needs no `attempt`, and then
 * the job need not wait.
 *
 * Without an `attempt`: the article's id, its address, or both, of a draft that was published by hand (as errcodes 48001
 * and 53503 to 53505 advise); or the right `publish_id` where another one was told.
 *
 * Ids are looked up before they are kept, and titles are compared where WeChat tells one.
 *
 * An article of the publish library that was submitted by hand needs no resolution: WeChat says so when the job submits
 * it.
 */
export type OutcomeResolution =
  | { readonly attempt: string; readonly outcome: "nothing" }
  | { readonly attempt: string; readonly media_id: string }
  | { readonly attempt?: string | undefined; readonly publish_id: string }
  | PublicationEvent
  | {
      readonly attempt?: string | undefined;
      readonly article_id: string;
      readonly url?: string | undefined;
    }
  | { readonly attempt?: string | undefined; readonly url: string };

/** The event that a resolution is, if it is one. */
export function eventOf(resolution: OutcomeResolution | undefined): PublicationEvent | undefined {
  return readEvent(resolution) === undefined ? undefined : (resolution as PublicationEvent);
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
  const { pending: _, attempt, ...known } = state;
  if (resolution === undefined) {
    if (attempt === undefined) return known;
    const cause = new Error("An earlier run ended while the request was under way.");
    throw unknownOutcome(job, state, cause);
  }
  const event = readEvent(resolution);
  // The wait for the review takes it.
  if (event !== undefined && state.submitted === true) return known;
  checkAttempt(job, state, resolution, event);
  const told = readAnswer(job.target, state, resolution, event);
  const { unverified: __, ...rest } = known;
  const next = { ...rest, ...(await lookUp(mp, job, told, event, signal)) };
  await onState?.(next);
  return next;
}

/** Throws unless the resolution is for the attempt that is under way, or for none where none is. */
function checkAttempt(
  job: PublishJob,
  state: PublishState,
  resolution: OutcomeResolution,
  event: Publication | undefined,
): void {
  const { pending, attempt } = state;
  const named = attemptOf(resolution);
  if (attempt === undefined) {
    if (named !== undefined) throw new TypeError(answeredAlready(named));
    return;
  }
  if (named === attempt || (event !== undefined && pending === "submit")) return;
  if (named !== undefined) throw unknownOutcome(job, state, answerToAnother(named));
  throw new TypeError(
    `resolution must name the attempt that it answers, which the OutcomeUnknownError has: ${answersTo(pending)}, not ${shown(resolution)}.`,
  );
}

/** The message for a `resolution` that no step needs. */
export const NOTHING_TO_RESOLVE =
  "resolution was passed, but the outcome of no step is unknown. Pass it only after an OutcomeUnknownError, or for a draft that was published by hand.";

/** What a resolution tells. Throws TypeError if it tells nothing that the job can use. */
function readAnswer(
  target: ArticleTarget,
  state: PublishState,
  resolution: OutcomeResolution,
  event: Publication | undefined,
): Told {
  const { pending } = state;
  const isDraft = target === "draft" && state.media_id !== undefined && state.published !== true;
  if (!isDraft && !isOnce(target, pending)) throw new TypeError(NOTHING_TO_RESOLVE);
  if (isOnce(target, pending) && saysNothing(resolution)) return {};
  const { outcome, media_id, article_id, url, ...others } = (resolution ?? {}) as Record<
    string,
    unknown
  >;
  const publish_id = event?.publish_id ?? others["publish_id"];
  if (outcome === undefined && pending === "article" && isId(media_id)) return { media_id };
  if (outcome === undefined && isDraft) {
    const isOpen = state.submitted !== true || state.unverified === true;
    if (isOpen && isId(publish_id)) return { publish_id };
    const isOdd = [article_id, url].some((id) => id !== undefined && !isId(id));
    const ids = { ...(isId(article_id) && { article_id }), ...(isId(url) && { url }) };
    if (!isOdd && Object.keys(ids).length > 0) return ids;
  }
  throw new TypeError(
    pending === "article"
      ? 'resolution must be { attempt, media_id } or { attempt, outcome: "nothing" } after the article was sent. Ids are strings.'
      : 'resolution must be { article_id } or { url } of the published article, or { publish_id } of a submission that the job does not know of; after an OutcomeUnknownError with its attempt, or { attempt, outcome: "nothing" }. Ids are strings.',
  );
}
