import type { Exchange } from "../http/exchange.ts";
import type { MpState } from "./state.ts";

/** A request to the Official Account being answered. */
export interface MpExchange extends Exchange {
  readonly mp: MpState;
}
