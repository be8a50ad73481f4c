import type { EmulatorAddress } from "./emulator-process.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the emulator listens, and its seeded credentials. */
    emulator: EmulatorAddress;
    /** Origin of the server that holds /media/, /bad/, /fixtures/ and /vectors/. */
    fixtures: string;
  }
}
