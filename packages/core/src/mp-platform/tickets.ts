import { isFromFuture } from "../mp/tokens/held-token.ts";
import { isToken } from "../mp/tokens/issue.ts";
import type { SafeStore } from "../store.ts";
import { storeFirmly } from "./store-firmly.ts";

/** A component_verify_ticket, and when WeChat made it, in milliseconds since 1970. */
export interface Ticket {
  readonly value: string;
  readonly since: number;
}

/** The component_verify_ticket of one platform. */
export interface Tickets {
  /** The newest ticket that is valid, of this process or of the store. */
  latest(): Promise<Ticket | undefined>;
  /** Keeps a ticket unless a newer one is known: pushes may overtake each other, and a push may be replayed. */
  keep(ticket: Ticket): Promise<void>;
}

/** Documented: a ticket is valid for 12 hours. */
const LIFETIME_SECONDS = 43_200;
const READS = 3;

export function createTickets(options: {
  readonly key: string;
  readonly store: SafeStore | undefined;
  readonly now: () => number;
}): Tickets {
  const { key, store, now } = options;
  let held: Ticket | undefined;
  /** One that is later than any clock, as of a machine whose clock was fast, is older than all others. */
  const age = ({ since }: Ticket): number =>
    isFromFuture(since, now()) ? Number.NEGATIVE_INFINITY : since;
  /** Of two tickets of the same second the later received counts. */
  const newer = (one: Ticket | undefined, other: Ticket | undefined): Ticket | undefined => {
    if (one === undefined || other === undefined) return one ?? other;
    return age(other) >= age(one) ? other : one;
  };
  const latest = async (): Promise<Ticket | undefined> => {
    // Without a ticket nothing works for ten minutes: a store that fails now and then is asked again.
    for (let reads = 0; reads < READS; reads++) {
      held = newer(held, readStored(await store?.get(key)));
      if (held !== undefined && held.since + LIFETIME_SECONDS * 1000 > now()) return held;
    }
    return undefined;
  };
  return {
    latest,
    async keep(ticket) {
      await latest();
      held = newer(held, ticket);
      if (held !== ticket || store === undefined) return;
      const stored = { v: 1, component_verify_ticket: ticket.value, created_at: ticket.since };
      await storeFirmly(store, key, stored, LIFETIME_SECONDS, () => held === ticket);
    },
  };
}

function readStored(object: Readonly<Record<string, unknown>> | undefined): Ticket | undefined {
  const { v, component_verify_ticket: value, created_at: since } = object ?? {};
  const isWhole = v === 1 && isToken(value) && typeof since === "number" && Number.isFinite(since);
  return isWhole ? { value, since } : undefined;
}
