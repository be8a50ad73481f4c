import { momentRule } from "../time/moment-rules.ts";
import { check } from "../validation/check.ts";
import { exactlyOne, that } from "../validation/rules.ts";
import type { Control } from "./control.ts";
import type { ControlRoute } from "./route.ts";

interface Body {
  set?: string | number;
  advance?: number;
}

const MILLISECONDS = that(Number.isFinite, "milliseconds");
const BODY = exactlyOne<Body>(
  { set: momentRule, advance: MILLISECONDS },
  '{"set": milliseconds since 1970 or an ISO 8601 string} or {"advance": milliseconds}',
);

const clockJson = ({ clock }: Control): object => ({
  now: clock.now(),
  iso: new Date(clock.now()).toISOString(),
});

/** Answers after the notifications that are due by the new time were sent. */
export const clockRoute: ControlRoute = {
  GET: clockJson,
  async POST(control, body) {
    const { set, advance } = check(BODY, body, "body");
    if (advance !== undefined) control.clock.advance(advance);
    else control.clock.set(typeof set === "string" ? Date.parse(set) : (set ?? 0));
    await control.deliverNotifications();
    return clockJson(control);
  },
};
