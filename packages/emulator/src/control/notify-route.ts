import type { Notification } from "../pay/notifications/notification.ts";
import { check } from "../validation/check.ts";
import { textLike } from "../validation/rules.ts";
import type { ControlRoute } from "./route.ts";

/** JSON has no functions, so there is no `to`. */
const ADDRESS = textLike(/^https?:\/\//, "an http or https address");

/** Answers after the first attempt. */
export const notifyRoute: ControlRoute = {
  GET: ({ notifications }) => ({ notifications }),
  POST(control, { to: _, ...body }) {
    check(ADDRESS, body["url"], "body.url");
    return control.notify(body as Notification);
  },
};
