import { check } from "../validation/check.ts";
import { exactlyOne, text } from "../validation/rules.ts";
import { messageBodyRule } from "./account-message-rule.ts";
import type { ControlRoute } from "./route.ts";

const VERIFY = exactlyOne<{ verify: string }>({ verify: text }, '{"verify": appid}');

/** Answers after the first attempt; with "verify", after the address was asked for an echostr. */
export const callbackRoute: ControlRoute = {
  GET: ({ callbacks }) => ({ callbacks }),
  async POST(control, body) {
    if ("verify" in body) {
      return { verified: await control.verifyMessageUrl(check(VERIFY, body, "body").verify) };
    }
    return control.sendMessage(check(messageBodyRule, body, "body"));
  },
};
