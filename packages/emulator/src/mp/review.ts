import { fields, optional, type Rule, type RulesOf, that } from "../validation/rules.ts";

/** How long things take on the emulator's clock, in milliseconds; Infinity waits for a command. */
export interface ReviewTimes {
  /** A saved video's transcoding. Default: 1000. */
  transcoding?: number;
  /** Its review after that. Default: 1000. */
  video?: number;
  /** The review of a submitted article of the publish library. Default: 1000. */
  news?: number;
  /** From freepublish/submit to its end. Default: 1000. */
  publication?: number;
}

const DEFAULT_MS = 1000;

const MILLISECONDS: Rule = that(
  (value) => typeof value === "number" && value >= 0,
  "milliseconds, 0 or more",
);

const REVIEW: RulesOf<ReviewTimes> = {
  transcoding: optional(MILLISECONDS),
  video: optional(MILLISECONDS),
  news: optional(MILLISECONDS),
  publication: optional(MILLISECONDS),
};

export const reviewRule: Rule = optional(fields(REVIEW));

export const reviewTimes = (given: ReviewTimes = {}): Required<ReviewTimes> => ({
  transcoding: given.transcoding ?? DEFAULT_MS,
  video: given.video ?? DEFAULT_MS,
  news: given.news ?? DEFAULT_MS,
  publication: given.publication ?? DEFAULT_MS,
});
