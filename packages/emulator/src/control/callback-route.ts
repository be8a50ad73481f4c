import { check } from "../validation/check.ts";
import { exactlyOne, text } from "../validation/rules.ts";
import { messageBodyRule } from "./account-message-rule.ts";
import { readUserMedia } from "./account-routes.ts";
import type { ControlRoute } from "./route.ts";

const VERIFY = exactlyOne<{ verify: string }>({ verify: text }, '{"verify": appid}');

/** Answers after the first attempt; with "verify", after the address was asked for an echostr. */
export const callbackRoute: ControlRoute = {
  GET: ({ callbacks }) => ({ callbacks }),
  async POST(control, body) {
    if ("verify" in body) {
      return { verified: await control.verifyMessageUrl(check(VERIFY, body, "body").verify) };
    }
    const { media, ...message } = check(messageBodyRule, body, "body");
    if (media === undefined) return control.sendMessage(message);
    const sent = readUserMedia("body.media", { ...media });
    return control.sendMessage({ ...message, media: sent });
  },
};
