import { notificationFields } from "../pay/notifications/notification-rule.ts";
import { check } from "../validation/check.ts";
import { textLike } from "../validation/rules.ts";
import type { ControlRoute } from "./route.ts";

/** JSON has no functions, so it cannot be `to`. */
const ADDRESS = textLike(/^https?:\/\//, "an http or https address");

/** Answers after the first attempt. */
export const notifyRoute: ControlRoute = {
  GET: ({ notifications }) => ({ notifications }),
  POST(control, body) {
    check(notificationFields, { ...body, to: undefined }, "body");
    check(ADDRESS, body["url"], "body.url");
    return control.notify(body);
  },
};
