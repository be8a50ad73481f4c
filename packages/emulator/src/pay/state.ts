import { type Applyments, createApplyments } from "./applyments.ts";
import { type BillAddresses, createBillAddresses } from "./downloads/bill-addresses.ts";
import { createMediaStore, type MediaStore } from "./media-store.ts";
import { createMerchants, type Merchants } from "./merchants.ts";
import { createNotifications, type Notifications } from "./notifications/notifications.ts";
import type { PayOptions } from "./options.ts";
import { createPlatformState, type PlatformState } from "./platform/state.ts";
import { createQuotas, type Quotas } from "./quotas.ts";
import { createShare } from "./share.ts";
import { createUploadRates, type UploadRates } from "./upload-rates.ts";

/** The state of WeChat Pay. */
export interface PayState {
  options: PayOptions;
  merchants: Merchants;
  quotas: Quotas;
  rates: UploadRates;
  media: MediaStore;
  applyments: Applyments;
  bills: BillAddresses;
  /** The texts that a test set for a day; null: it has no bill. */
  ownBills: Map<string, string | null>;
  platform: PlatformState;
  notifications: Notifications;
  /** Whether `probeRate` makes the next reply a probe. */
  takesProbe(): boolean;
  /** Requests answered with a probe; their repetition is not probed. */
  probed: Set<string>;
  /** Nonces by merchant, with the second of their signature. */
  nonces: Map<string, number>;
}

export function createPayState(
  options: PayOptions,
  storage: "memory" | "digests",
  now: () => number,
): PayState {
  const merchants = createMerchants(options.merchants ?? []);
  const platform = createPlatformState(now, options.replyKeyId, options.platformMode);
  return {
    options,
    merchants,
    quotas: createQuotas(),
    rates: createUploadRates(),
    media: createMediaStore(storage),
    applyments: createApplyments(),
    platform,
    notifications: createNotifications(merchants, platform, now),
    bills: createBillAddresses(),
    ownBills: new Map(),
    takesProbe: createShare(options.probeRate ?? 0),
    probed: new Set(),
    nonces: new Map(),
  };
}
