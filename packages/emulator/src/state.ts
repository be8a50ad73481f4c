import { type Clock, createClock } from "./clock.ts";
import type { Fault } from "./faults/kinds.ts";
import { createFaults, type FaultQueue } from "./faults/queue.ts";
import type { FetchSignal } from "./http/fetch-type.ts";
import { createJournal } from "./journal.ts";
import { type MpLimitName, mpLimitNames } from "./mp/media/limits.ts";
import { createMpState, type MpOptions, type MpState } from "./mp/state.ts";
import { type Applyments, createApplyments } from "./pay/applyments.ts";
import { createMediaStore, type MediaStore } from "./pay/media-store.ts";
import { createMerchants, type Merchant, type Merchants } from "./pay/merchants.ts";
import { platformCertificates, publicPlatformKey } from "./pay/platform/keys.ts";
import { createPlatformState, type PlatformState } from "./pay/platform/state.ts";
import { createQuotas, type Quotas } from "./pay/quotas.ts";
import { type PayRouteName, payRoutes } from "./pay/upload-endpoints.ts";

export interface EmulatorOptions extends MpOptions {
  /** Milliseconds since 1970 that the emulator's clock follows. Default: Date.now. */
  now?: () => number;
  /** Besides the demo merchant of `credentials`; the same mchid changes the demo merchant. */
  merchants?: readonly Merchant[];
  /**
   * Largest file of a route, in bytes. Default: 2 MiB for a picture, 5 MiB for a video of Pay; of the
   * Official Account, as `mediaProfile` says, whose single numbers are set here as well.
   */
  limits?: Partial<Record<PayRouteName | MpLimitName, number>>;
  /** Faults that are there from the start and after each reset. */
  faults?: readonly Fault[];
  /** Rules that WeChat does not document. All are off by default. */
  strict?: {
    /** The content must be what the extension says (assumed). */
    extensionMatchesContent?: boolean;
    /** A nonce of a merchant serves once within the five minutes (assumed). */
    nonceReplay?: boolean;
    /** The blocks of a video must come one after the other (assumed). */
    blockOrder?: boolean;
    /** An unknown mchid is a 500, as some report, in place of a 401. */
    unknownMchidIsServerError?: boolean;
  };
  /**
   * A chunked body is answered 412, as on the Official Account hosts (assumed here). "accept" is for
   * clients that stream.
   */
  chunked?: "refuse" | "accept";
  /** Form and text of SIGN_ERROR: as seen on the wire (default) or as documented. */
  signErrorForm?: "wire" | "documented";
  /** Id of the platform key that signs where the client asks for none. Default: the certificate. */
  replyKey?: string;
  /** Share of the replies, 0 to 1, that carry a probe signature. Default: 0. */
  probeRate?: number;
  /** From 0 to below 1, for `probeRate`. Default: Math.random. */
  random?: () => number;
  /** Keep the uploaded files, or no more than their digests. Default: "memory". */
  storage?: "memory" | "digests";
  /** Largest request body, in bytes. Default: 32 MiB. */
  maxBodyBytes?: number;
  /** The pause of the fault "delay". Default: a timer that the signal ends. */
  sleep?: (ms: number, signal: FetchSignal) => Promise<void>;
}

export interface EmulatorState {
  options: EmulatorOptions;
  clock: Clock & { reset(): void };
  journal: ReturnType<typeof createJournal>;
  faults: FaultQueue;
  merchants: Merchants;
  quotas: Quotas;
  media: MediaStore;
  /** All of the Official Account. */
  mp: MpState;
  applyments: Applyments;
  platform: PlatformState;
  /** Requests answered with a probe, whose repetition is not to be probed. */
  probed: Set<string>;
  /** Nonces seen, by merchant, with the second they were signed in. */
  nonces: Map<string, number>;
  maxFileBytes(name: PayRouteName): number;
  reset(): void;
}

export function createState(options: EmulatorOptions): EmulatorState {
  const { limits = {}, replyKey, probeRate = 0 } = options;
  for (const [name, bytes] of Object.entries(limits)) {
    const names: string[] = [...payRoutes.map((route) => route.name), ...mpLimitNames];
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
  const state: EmulatorState = {
    options,
    clock,
    journal: createJournal(),
    faults: createFaults(options.faults ?? []),
    merchants: createMerchants(options.merchants ?? []),
    quotas: createQuotas(),
    media: createMediaStore(options.storage ?? "memory"),
    mp: createMpState(options, limits, options.storage ?? "memory", clock.now),
    applyments: createApplyments(),
    platform: createPlatformState(clock.now, replyKey),
    probed: new Set(),
    nonces: new Map(),
    maxFileBytes: (name) =>
      limits[name] ?? (payRoutes.find((route) => route.name === name)?.maxBytes as number),
    reset() {
      state.clock.reset();
      state.journal.clear();
      state.faults.reset();
      state.merchants.reset();
      state.quotas.reset();
      state.media.clear();
      state.mp.reset();
      state.applyments.clear();
      state.platform.reset();
      state.probed.clear();
      state.nonces.clear();
    },
  };
  return state;
}
