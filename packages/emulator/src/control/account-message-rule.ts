import { handler, httpAddress } from "../http/recipient-rules.ts";
import { callbackFaults } from "../mp/callbacks/callback.ts";
import {
  fields,
  isObject,
  jsonObject,
  oneOf,
  optional,
  type Rule,
  type RulesOf,
  text,
  that,
} from "../validation/rules.ts";
import type { AccountMessage } from "./account-message.ts";

const RULES: RulesOf<Omit<AccountMessage, "to">> = {
  appid: optional(text),
  url: optional(httpAddress),
  message: optional(jsonObject),
  media: optional(that(isObject, "an object with type")),
  fault: optional(oneOf(callbackFaults)),
};

/** What a control route takes; JSON has no functions, so it cannot be `to`. */
export const messageBodyRule: Rule<Omit<AccountMessage, "to">> = fields(RULES);

/** What a test passes. */
export const accountMessageRule: Rule<AccountMessage> = fields<AccountMessage>({
  ...RULES,
  to: optional(handler),
});
