import type { Recipient } from "../../http/send-out.ts";
import type { CallbackFault } from "../callbacks/callback.ts";
import type { Callbacks, SentCallback } from "../callbacks/callbacks.ts";
import type { XmlFields } from "../callbacks/xml.ts";
import type { Platforms } from "./platforms.ts";

/** Where the pushes of a platform go: the address for authorization events (授权事件接收配置). */
export interface PushAddress {
  /** Receives them in this process, such as the `fetch` of a Worker or `app.fetch` of Hono. */
  to?: NonNullable<Recipient["to"]>;
  /** Where to POST them. With `to`, the address of the Request; default: https://platform.example.com/events. */
  url?: string;
}

/** A push of a ticket (component_verify_ticket). */
export interface TicketPush {
  readonly AppId: string;
  readonly CreateTime: number;
  readonly InfoType: "component_verify_ticket";
  readonly ComponentVerifyTicket: string;
}

/** What is sent to a platform. */
export interface Pushes {
  /** Sets the address; tickets are pushed from then on, the first with the next delivery. */
  pushTo(component_appid: string, address: PushAddress | undefined): void;
  /** Pushes the next ticket with the next delivery. */
  start(component_appid: string): void;
  /** Makes a ticket without pushing it; `time` is when WeChat makes it. */
  ticket(component_appid: string, time?: number): TicketPush;
  /** Pushes a message to the address. */
  push(component_appid: string, message: XmlFields, fault?: CallbackFault): Promise<SentCallback>;
  /** Pushes the tickets that are due by the clock; resolves when they are answered. */
  deliver(): Promise<void>;
}

/** Documented: every ten minutes. */
const TICKET_INTERVAL_MS = 600_000;
/** Tickets that would have expired already are left out where the clock leaps. */
const TICKET_MS = 43_200_000;

export function createPushes(
  platforms: Platforms,
  callbacks: Callbacks,
  now: () => number,
): Pushes {
  const addresses = new Map<string, PushAddress>();
  const nextTickets = new Map<string, number>();
  let work: Promise<void> = Promise.resolve();
  const known = (component_appid: string) => {
    const found = platforms.get(component_appid);
    if (found === undefined) throw new TypeError(`There is no platform ${component_appid}.`);
    return found;
  };
  const ticket = (component_appid: string, time = now()): TicketPush => ({
    AppId: component_appid,
    CreateTime: Math.floor(time / 1000),
    InfoType: "component_verify_ticket",
    ComponentVerifyTicket: known(component_appid).authorizations.newTicket(),
  });
  const push: Pushes["push"] = (component_appid, message, fault) => {
    const { messageToken: token, encodingAESKey } = known(component_appid).platform;
    const address = addresses.get(component_appid);
    if (address === undefined) {
      throw new TypeError(
        `Pushes of ${component_appid} have no address; set it with pushTo({ to }) or pushTo({ url }).`,
      );
    }
    return callbacks.send({
      appid: component_appid,
      address: { url: "https://platform.example.com/events", ...address, token, encodingAESKey },
      message,
      outer: { AppId: component_appid },
      fault,
    });
  };
  const deliverDue = async (): Promise<void> => {
    for (const [component_appid, due] of nextTickets) {
      let next = Math.max(due, now() - TICKET_MS);
      // Asked each time: a handler may end the pushes.
      for (; next <= now() && addresses.has(component_appid); next += TICKET_INTERVAL_MS) {
        // Set first: a handler may advance the clock, and ask for a delivery.
        nextTickets.set(component_appid, next + TICKET_INTERVAL_MS);
        await push(component_appid, { ...ticket(component_appid, next) });
      }
    }
  };
  return {
    ticket,
    push: async (...message) => push(...message),
    pushTo(component_appid, address) {
      known(component_appid);
      if (address === undefined) {
        addresses.delete(component_appid);
        nextTickets.delete(component_appid);
        return;
      }
      addresses.set(component_appid, address);
      if (!nextTickets.has(component_appid)) nextTickets.set(component_appid, now());
    },
    start: (component_appid) => void nextTickets.set(component_appid, now()),
    deliver() {
      work = work.then(deliverDue);
      return work;
    },
  };
}
