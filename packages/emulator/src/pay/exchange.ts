import type { Exchange } from "../http/exchange.ts";
import type { PayState } from "./state.ts";

/** A request to WeChat Pay being answered. */
export interface PayExchange extends Exchange {
  readonly pay: PayState;
}
