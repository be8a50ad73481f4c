import { fields, optional, type Rule, type RulesOf, that } from "../validation/rules.ts";

/** Milliseconds, or "never". Infinity is as good. */
export type ReviewTime = number | "never";

/** How long things take on the emulator's clock, in milliseconds; "never" waits for a command. */
export interface ReviewTimes {
  /** A saved video's transcoding. Default: 1000. */
  transcoding?: ReviewTime;
  /** Its review after that. Default: 1000. */
  video?: ReviewTime;
  /** The review of a submitted article of the publish library. Default: 1000. */
  news?: ReviewTime;
  /** From freepublish/submit to its end. Default: 1000. */
  publication?: ReviewTime;
}

const DEFAULT_MS = 1000;

const REVIEW_TIME: Rule = that(
  (value) => value === "never" || (typeof value === "number" && value >= 0),
  'milliseconds, 0 or more, or "never"',
);

const REVIEW: RulesOf<ReviewTimes> = {
  transcoding: optional(REVIEW_TIME),
  video: optional(REVIEW_TIME),
  news: optional(REVIEW_TIME),
  publication: optional(REVIEW_TIME),
};

export const reviewRule: Rule = optional(fields(REVIEW));

const milliseconds = (time: ReviewTime = DEFAULT_MS): number =>
  time === "never" ? Number.POSITIVE_INFINITY : time;

/** In milliseconds. */
export const reviewTimes = (given: ReviewTimes = {}): Record<keyof ReviewTimes, number> => ({
  transcoding: milliseconds(given.transcoding),
  video: milliseconds(given.video),
  news: milliseconds(given.news),
  publication: milliseconds(given.publication),
});
