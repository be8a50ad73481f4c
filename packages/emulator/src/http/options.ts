import type { FetchSignal } from "./fetch-type.ts";
/** How requests are taken in, whosever they are. */
export interface TransferOptions {
  /**
   * A chunked body is answered 412, as on the Official Account hosts (assumed of Pay). "accept" is
   * for clients that stream.
   */
  chunked?: "refuse" | "accept";
  /** Largest request body, in bytes. Default: 32 MiB. */
  maxBodyBytes?: number;
  /**
   * The pause of the fault "delay": a timer that the signal ends (default), the clock set on at once
   * ("advance-clock"), or a function.
   */
  sleep?: "wait" | "advance-clock" | ((ms: number, signal: FetchSignal) => Promise<void>);
  /**
   * Names under which the control routes accept other machines, as that of a container.
   * Default: none; they answer to this machine alone.
   */
  controlHosts?: readonly string[];
}

export const DEFAULT_MAX_BODY_BYTES: number = 32 * 1024 * 1024;
