import type { Exchange } from "../http/exchange.ts";
import type { Scheme } from "./scheme.ts";
import type { PayState } from "./state.ts";

/** A request to WeChat Pay being answered. */
export interface PayExchange extends Exchange {
  readonly pay: PayState;
  readonly scheme: Scheme;
  /** What the request's signature covers: the body, or for an upload the bytes of meta. */
  signedBody: Uint8Array;
  /** Whether the request's signature held, so that an error is signed. */
  admitted?: boolean;
}
