import type { FetchSignal } from "./fetch-type.ts";
import type { PerService } from "./per-service.ts";

/** Options for requests to both services. */
export interface TransferOptions {
  /**
   * Whether chunked bodies are accepted; "refuse" answers 412. Default:
   * `{ pay: "accept", mp: "refuse" }`, as reported: WeChat's own Java client for WeChat Pay sends
   * them, and the hosts of the Official Account refuse them.
   */
  chunked?: PerService<"refuse" | "accept">;
  /**
   * Whether a boundary in quotes is accepted. Default: "refuse", as reported: WeChat Pay finds no meta
   * and answers 401, the Official Account finds no media and answers 41005.
   */
  quotedBoundary?: PerService<"refuse" | "accept">;
  /** Largest request body in bytes; a larger one is answered 413. Default: 32 MiB. */
  maxBodyBytes?: number;
  /**
   * How the fault "delay" waits: with a timer ("wait", the default), by advancing the clock at once
   * ("advance-clock"), or with your function.
   */
  sleep?: "wait" | "advance-clock" | ((ms: number, signal: FetchSignal) => Promise<void>);
  /**
   * Host names under which other machines may use the control routes, such as the name of a
   * container. Default: none; only this machine may use them.
   */
  controlHosts?: readonly string[];
}

export const DEFAULT_MAX_BODY_BYTES: number = 32 * 1024 * 1024;
