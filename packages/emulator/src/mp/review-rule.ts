import { fields, optional, type Rule, type RulesOf, that } from "../validation/rules.ts";
import type { ReviewTimes } from "./review.ts";

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
