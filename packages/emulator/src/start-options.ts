import type { EmulatorOptions } from "./options.ts";

/** The options of `startEmulator`: those of `createEmulator`, and where to listen. */
export interface StartOptions extends EmulatorOptions {
  /** Port to listen on; 0 picks a free one. Default: 8790. */
  port?: number;
  /**
   * Address to listen on. Default: 127.0.0.1, which only this machine can reach. `0.0.0.0` opens the
   * API routes to the network; the control routes still accept only this machine and `controlHosts`.
   */
  host?: string;
  /** Allows browser pages of any origin to call the API routes, never the control routes. Default: false. */
  cors?: boolean;
}
