import type { EmulatorAddress } from "./emulator.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address and the credentials of the emulator. */
    emulator: EmulatorAddress;
    /** Origin of the server of /media/ and /bad/. */
    fixtures: string;
  }
}
