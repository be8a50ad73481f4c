import { encodeHex, visible } from "@wechat-edge/core/internal/upload";

/** A new id for one try of a request that must not be made twice. What is found out about it names it. */
export function newAttempt(): string {
  return encodeHex(crypto.getRandomValues(new Uint8Array(8)));
}

/** The id of a try that a saved form of version 1 left under way: it had none. */
export function firstVersionAttempt(step: string): string {
  return `v1-${step}`;
}

/** The attempt that an answer names; undefined if it names none. */
export function attemptOf(answer: unknown): string | undefined {
  const { attempt } = (answer ?? {}) as { attempt?: unknown };
  return typeof attempt === "string" && attempt !== "" ? attempt : undefined;
}

/** Whether an answer says that WeChat did nothing. */
export function saysNothing(answer: unknown): boolean {
  const { outcome, media_id, publish_id, article_id, url } = (answer ?? {}) as Record<
    string,
    unknown
  >;
  const ids = [media_id, publish_id, article_id, url];
  return outcome === "nothing" && ids.every((id) => id === undefined);
}

/** The message for an answer to an attempt that nothing waits for. */
export function answeredAlready(attempt: string): string {
  return visible(
    `resolution is for the attempt ${JSON.stringify(attempt)}, which nobody waits for any more: it was answered already, or it belongs to something else. Nothing was sent. Go on without this resolution.`,
  );
}

/** Why an outcome is still unknown where the answer was for another attempt. */
export function answerToAnother(attempt: string): Error {
  return new Error(
    visible(
      `The resolution that was passed is for another attempt, ${JSON.stringify(attempt)}; an answer serves one attempt.`,
    ),
  );
}
