import { OutcomeUnknownError } from "@wechat-edge/core";
import { whereDrafted } from "../calls/drafts.ts";
import { whereAdded } from "../calls/news.ts";
import { WHERE_SUBMITTED } from "../calls/publications.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState } from "./state.ts";

/** The error for a request that may have been carried out: where to look, and what to pass then. */
export function unknownOutcome(
  { target, article }: PublishJob,
  { pending, attempt }: PublishState,
  cause: unknown,
): OutcomeUnknownError {
  const answer = answersTo(pending, JSON.stringify(attempt));
  const next = `Then run the job again with resolution: ${answer}.`;
  const [step, lookAt] =
    pending === "submit"
      ? ["submitPublication", WHERE_SUBMITTED]
      : target === "publish-library"
        ? ["addNews", whereAdded(article.title)]
        : ["addDraft", whereDrafted(article.title)];
  return new OutcomeUnknownError({ step, lookAt, next, cause, attempt });
}

/** The answers that a step takes. `attempt` is how the attempt is written in them. */
export function answersTo(pending: PublishState["pending"], attempt?: string): string {
  const named = attempt === undefined ? "attempt" : `attempt: ${attempt}`;
  const nothing = `{ ${named}, outcome: "nothing" }`;
  if (pending === "article") return `{ ${named}, media_id } or ${nothing}`;
  return `{ ${named}, publish_id } of the event PUBLISHJOBFINISH, that event itself, { ${named}, article_id }, { ${named}, url } or ${nothing}`;
}
