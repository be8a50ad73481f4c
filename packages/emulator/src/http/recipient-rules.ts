import { type Rule, that } from "../validation/rules.ts";

/** `to` of a recipient. */
export const handler: Rule = that(
  (value) => typeof value === "function",
  "a function that answers a Request",
);

/** `url` of a recipient: one that `new URL` takes, as something is added to its query. */
export const httpAddress: Rule = that(
  (value) => typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value),
  "an http or https address",
);
