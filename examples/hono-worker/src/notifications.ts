import {
  answerNotification,
  type PayNotification,
  readNotification,
} from "@wechat-edge/core/pay-notifications";
import type { Context } from "hono";
import { type Bindings, required } from "./bindings.ts";
import { handledNotifications } from "./handled-notifications.ts";
import { payClient } from "./pay.ts";

/** Reads a notification of WeChat Pay, acts on it once, and answers. WeChat Pay has no token: its signature is checked. */
export async function notified({ env, req }: Context<{ Bindings: Bindings }>): Promise<Response> {
  try {
    required(env, "API_V3_KEY");
    const notification = await readNotification(payClient(env), req.raw);
    const handled = handledNotifications(env);
    if (!(await handled.has(notification.id))) {
      await act(notification);
      await handled.add(notification.id);
    }
    return answerNotification();
  } catch (error) {
    console.error(error); // the answer does not say why: anybody can send a request here
    return answerNotification(error);
  }
}

/** Yours: mark the order as paid, put it in a queue. It must be harmless to do twice. */
async function act({ id, event_type, summary }: PayNotification): Promise<void> {
  console.log(`Notification ${id}: ${event_type} ${summary ?? ""}`);
}
