import { callback, oneOf, optional, type RulesOf, wholeNumber } from "../validation/rules.ts";

/** How requests are taken in, whosever they are. */
export interface TransferOptions {
  /**
   * A chunked body is answered 412, as on the Official Account hosts (assumed of Pay). "accept" is
   * for clients that stream.
   */
  chunked?: "refuse" | "accept";
  /** Largest request body, in bytes. Default: 32 MiB. */
  maxBodyBytes?: number;
  /** The pause of the fault "delay". Default: a timer that the signal ends. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const DEFAULT_MAX_BODY_BYTES: number = 32 * 1024 * 1024;

export const transferRules: RulesOf<TransferOptions> = {
  chunked: optional(oneOf(["refuse", "accept"])),
  maxBodyBytes: optional(wholeNumber(1)),
  sleep: optional(callback),
};
