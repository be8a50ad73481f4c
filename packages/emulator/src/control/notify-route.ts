import { httpAddress } from "../http/recipient-rules.ts";
import { notificationFields } from "../pay/notifications/notification-rule.ts";
import { check } from "../validation/check.ts";
import type { ControlRoute } from "./route.ts";

/** Answers after the first attempt. JSON has no functions, so it needs a `url`. */
export const notifyRoute: ControlRoute = {
  GET: ({ notifications }) => ({ notifications }),
  POST(control, body) {
    check(notificationFields, { ...body, to: undefined }, "body");
    check(httpAddress, body["url"], "body.url");
    return control.notify(body);
  },
};
