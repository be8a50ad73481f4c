import { credentials } from "../../demo/credentials.ts";
import { sendOut, unanswered } from "../../http/send-out.ts";
import { makeRoom } from "../../journal/keep-last.ts";
import { check } from "../../validation/check.ts";
import { oneOf } from "../../validation/rules.ts";
import type { Merchants } from "../merchants.ts";
import type { PlatformState } from "../platform/state.ts";
import { type Content, contentOf, messageOf } from "./message.ts";
import type { Notification, NotificationFault } from "./notification.ts";
import { notificationRule } from "./notification-rule.ts";

/** One attempt to deliver a notification. */
export interface NotificationAttempt {
  /** When it was made, in milliseconds by the emulator's clock. */
  readonly time: number;
  /** The status of the answer; undefined if none came within 5 seconds. */
  readonly status: number | undefined;
  /** The body of the answer. */
  readonly answer: string | undefined;
  /** Why no answer came. */
  readonly error: string | undefined;
  readonly fault: NotificationFault | undefined;
}

/** A notification, and what became of it. */
export interface SentNotification {
  readonly id: string;
  readonly event_type: string;
  readonly mchid: string;
  readonly url: string;
  /** "waiting": sent again at `nextTime`. "failed": the last attempt failed too. */
  readonly state: "waiting" | "delivered" | "failed";
  readonly attempts: readonly NotificationAttempt[];
  /** When it is sent again, in milliseconds by the emulator's clock. */
  readonly nextTime: number | undefined;
}

/** The notifications, and their delivery. */
export interface Notifications {
  all(): SentNotification[];
  /** Sends a notification; resolves after its first attempt. Rejects with TypeError if it is malformed. */
  notify(notification: Notification): Promise<SentNotification>;
  /** Makes all attempts that are due by the clock; resolves when they are done. */
  deliver(): Promise<void>;
}

/** Documented: 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h, 24h4m in all. Some products have others. */
const SCHEDULE_SECONDS: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
const DEFAULT_URL = "https://shop.example.com/notify";

interface Pending {
  readonly content: Content;
  readonly notification: Notification;
  readonly mchid: string;
  readonly attempts: NotificationAttempt[];
  nextTime: number | undefined;
}

export function createNotifications(
  merchants: Merchants,
  platform: PlatformState,
  now: () => number,
): Notifications {
  const all: Pending[] = [];
  let work: Promise<void> = Promise.resolve();

  const attempt = async (pending: Pending, due: number): Promise<void> => {
    const { content, notification, mchid, attempts } = pending;
    const time = now();
    const fault = attempts.length === 0 ? notification.fault : undefined;
    const apiV3Key = merchants.get(mchid)?.apiV3Key ?? "";
    const key = platform.nextSigner(null);
    const { to, url = DEFAULT_URL } = notification;
    const result = await messageOf(content, key, apiV3Key, time, fault)
      .then((message) => sendOut({ to, url }, { method: "POST", ...message }))
      .catch(unanswered);
    attempts.push({ time, fault, ...result });
    const { schedule = SCHEDULE_SECONDS } = notification;
    const wait = isSuccess(result.status) ? undefined : schedule[attempts.length - 1];
    pending.nextTime = wait === undefined ? undefined : due + wait * 1000;
  };
  const deliverDue = async (): Promise<void> => {
    for (;;) {
      const [next] = all
        .filter(({ nextTime = Infinity }) => nextTime <= now())
        .sort((a, b) => (a.nextTime ?? 0) - (b.nextTime ?? 0));
      if (next?.nextTime === undefined) return;
      await attempt(next, next.nextTime);
    }
  };
  const deliver = (): Promise<void> => {
    work = work.then(deliverDue);
    return work;
  };
  return {
    all: () => all.map(reported),
    deliver,
    async notify(given) {
      const notification = check(notificationRule, given, "notification");
      const { mchid = credentials.pay.mchid } = notification;
      check(oneOf(merchants.mchids()), mchid, "notification.mchid");
      const nextTime = now();
      const content = contentOf(notification, mchid, nextTime);
      const pending: Pending = { content, notification, mchid, attempts: [], nextTime: undefined };
      makeRoom(all);
      all.push(pending);
      // Not after the deliveries under way: a handler of one of them may be waiting for this.
      await attempt(pending, nextTime);
      return reported(pending);
    },
  };
}

/** Documented: 200 or 204. What the body says does not count (reported). */
const isSuccess = (status: number | undefined): boolean => status === 200 || status === 204;

function reported({ content, notification, mchid, attempts, nextTime }: Pending): SentNotification {
  const { id, event_type } = content;
  const { url = DEFAULT_URL } = notification;
  const delivered = isSuccess(attempts.at(-1)?.status);
  const waits = nextTime !== undefined || attempts.length === 0;
  const state = delivered ? "delivered" : waits ? "waiting" : "failed";
  return { id, event_type, mchid, url, state, attempts: [...attempts], nextTime };
}
