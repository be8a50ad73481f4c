import { createFaults, type FaultQueue } from "./faults/queue.ts";
import { createJournal } from "./journal/journal.ts";
import { mpLimitNames } from "./mp/media/limits.ts";
import { createMpState, type MpState } from "./mp/state.ts";
import type { Sha1 } from "./mp/video/sha1.ts";
import type { EmulatorOptions } from "./options.ts";
import { platformCertificates, publicPlatformKey } from "./pay/platform/keys.ts";
import { createPayState, type PayState } from "./pay/state.ts";
import { payUploadEndpoints } from "./pay/upload-endpoints.ts";
import { type Clock, createClock } from "./time/clock.ts";

/** All that an emulator knows. It begins anew with each reset. */
export interface EmulatorState {
  options: EmulatorOptions;
  clock: Clock;
  journal: ReturnType<typeof createJournal>;
  faults: FaultQueue;
  pay: PayState;
  mp: MpState;
}

/** What a runtime does better than the emulator's own code. */
export interface Runtime {
  newSha1?: () => Sha1;
}

export function createState(options: EmulatorOptions, { newSha1 }: Runtime): EmulatorState {
  const { limits = {}, replyKey, probeRate = 0, storage = "memory" } = options;
  for (const [name, bytes] of Object.entries(limits)) {
    const names: string[] = [...payUploadEndpoints.map(({ kind }) => kind), ...mpLimitNames];
    if (!names.includes(name) || !(Number.isInteger(bytes) && bytes > 0)) {
      const known = names.join(", ");
      throw new TypeError(`The limit ${name} is ${bytes}; it must be whole bytes for ${known}.`);
    }
  }
  const replyKeys = [publicPlatformKey.id, platformCertificates[0]?.id];
  if (replyKey !== undefined && !replyKeys.includes(replyKey)) {
    throw new TypeError(`replyKey is ${replyKey}; it must be ${replyKeys.join(" or ")}.`);
  }
  if (!(probeRate >= 0 && probeRate <= 1)) {
    throw new RangeError(`probeRate is ${probeRate}; it must be from 0 to 1.`);
  }
  const clock = createClock(options.now ?? (() => Date.now()));
  return {
    options,
    clock,
    journal: createJournal(),
    faults: createFaults(options.faults ?? []),
    pay: createPayState(options, storage, clock.now),
    mp: createMpState(options, storage, clock.now, newSha1),
  };
}
