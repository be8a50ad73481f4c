import { createSharedWork } from "../../async/shared-work.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import type { Reply } from "../../http/reply.ts";
import { longestCall, withRetry } from "../../http/retry.ts";
import type { SafeStore } from "../../store.ts";
import { type PayCall, type PaySigner, sendSigned } from "../call.ts";
import { KeyError, PayApiError } from "../errors.ts";
import { repeatableAfterOneProbe } from "../probe.ts";
import { payReplyObject } from "../reply.ts";
import { decryptCertificates, type PlatformCertificate } from "./certificates.ts";
import { withoutZeros } from "./key-kind.ts";
import { isCurrent } from "./platform-certificate.ts";

/** The platform certificates of a merchant, downloaded when needed. */
export interface CertificateList {
  /** The serial numbers known now. */
  ids(): readonly string[];
  /** Downloads the list if there is none, or if it is 12 hours old. */
  prepare(): Promise<void>;
  /** Finds a certificate by its serial number. An unknown one starts a download, at most one in 60 seconds. */
  find(platformKeyId: string): Promise<PlatformCertificate | undefined>;
  /** The certificates known now that are valid by their own dates. */
  valid(): PlatformCertificate[];
}

/** Verifies the reply that brought the list, with the help of the certificates in it. */
export type VerifyList = (
  reply: Reply,
  brought: ReadonlyMap<string, PlatformCertificate>,
) => Promise<void>;

/**
 * WeChat Pay asks clients to look more often than every 12 hours; it lists a new certificate a day before it signs with
 * it.
 */
const MAX_AGE_MS = 12 * 3600 * 1000;
/** Replies with unknown serial numbers must not cause one download after another. */
const MIN_INTERVAL_MS = 60 * 1000;
/** Nor one read of the cache after another. */
const MIN_LOOK_MS = 5 * 1000;

/** Downloads nothing until the list is used. */
export function createCertificateList(
  signer: PaySigner,
  options: {
    readonly apiV3Key: string;
    /** Common name of the CA that must have issued the certificates. */
    readonly issuer: string;
    /** Merchant number or brand id. */
    readonly id: string;
    /** Serial number of the merchant's own certificate, which must never count as a platform certificate. */
    readonly serialNo: string;
    readonly call: Pick<PayCall, "path" | "platformKeyId">;
    readonly cache: SafeStore | undefined;
    readonly verify: VerifyList;
  },
): CertificateList {
  const { now } = signer.transport;
  let held: HeldList | undefined;
  let unsaved: HeldList | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const known = (): PlatformCertificate[] => [...(held?.certificates.values() ?? [])];
  const valid = (): PlatformCertificate[] => known().filter(({ key }) => isCurrent(key, now()));
  const serves = (): boolean => valid().length > 0;
  // Absolute values, because after a clock was set back downloads must go on.
  const isStale = (): boolean =>
    held === undefined || !serves() || Math.abs(now() - held.fetchedAt) >= MAX_AGE_MS;
  /** A serial number has one certificate: the one that came first, while it is valid. */
  const hold = (list: HeldList): void => {
    const same = valid()
      .map((one) => [one.platformKeyId, one] as const)
      .filter(([id]) => list.certificates.has(id));
    held = { ...list, certificates: new Map([...list.certificates, ...same]) };
  };
  const look = createSharedWork<void>();
  /** Who comes while the cache is read waits for that, and does not download what it holds. */
  const adoptCached = async (): Promise<void> => {
    if (!look.isUnderWay() && Math.abs(now() - lookedAt) < MIN_LOOK_MS) return;
    await look.run(async () => {
      lookedAt = now();
      const cached = await readCache(signer, options);
      if (cached === undefined || cached.fetchedAt <= (held?.fetchedAt ?? 0)) return;
      if (cached.fetchedAt <= now()) hold(cached);
    });
  };
  const isDue = (): boolean => Math.abs(now() - askedAt) >= MIN_INTERVAL_MS;
  const shared = createSharedWork<void>({ longest: longestCall(signer.transport), now });
  let failure: Error | undefined;
  const download = async (mayTakeOver?: () => boolean): Promise<void> => {
    await shared.run(async () => {
      askedAt = now();
      failure = undefined;
      const before = held;
      try {
        unsaved = await downloadList(signer, options);
        hold(unsaved);
      } catch (error) {
        if (held === before) failure = error as Error;
        throw error;
      }
    }, mayTakeOver);
    const saved = unsaved;
    unsaved = undefined;
    if (saved !== undefined) await writeCache(signer, options, saved);
  };
  const mayAsk = (): boolean => shared.isUnderWay() || isDue();
  const prepare = async (): Promise<void> => {
    if (!isStale()) return;
    await adoptCached();
    if (!isStale() || (serves() && !mayAsk())) return;
    await download().catch((error: unknown) => {
      // An old list still serves: its certificates have expiry dates of their own.
      if (!serves()) throw error;
    });
  };
  return {
    ids: () => known().map(({ platformKeyId }) => platformKeyId),
    valid,
    prepare,
    async find(id) {
      const found = (): PlatformCertificate | undefined =>
        valid().find(({ platformKeyId }) => platformKeyId === id);
      if (!found()) await adoptCached();
      if (found() === undefined) {
        // Anybody can name unknown ones: not even where a download seems to have ended is another begun before its time.
        if (mayAsk()) await download(isDue);
        else if (failure !== undefined) throw failure;
      }
      return found();
    },
  };
}

interface HeldList {
  readonly fetchedAt: number;
  /** The reply as it came, for the cache. */
  readonly body: string;
  readonly certificates: ReadonlyMap<string, PlatformCertificate>;
}

type ListOptions = Parameters<typeof createCertificateList>[1];

async function downloadList(signer: PaySigner, options: ListOptions): Promise<HeldList> {
  const call: PayCall = {
    ...options.call,
    operation: "downloadCertificates",
    method: "GET",
    signedBody: new Uint8Array(0),
  };
  const { transport } = signer;
  return withRetry(
    transport,
    { repeatable: repeatableAfterOneProbe(() => true) },
    async (attempt) => {
      const reply = await sendSigned(signer, call, undefined, attempt).catch(explainMissing);
      const fetchedAt = transport.now();
      const body = new TextDecoder().decode(reply.body);
      // Decrypted first: that the APIv3 key opens it proves that a certificate is WeChat Pay's, and it may be the one
      // that signed this reply.
      const certificates = await readList(reply, options);
      await options.verify(reply, certificates);
      return { fetchedAt, body, certificates };
    },
  );
}

async function readList(
  reply: Reply,
  { serialNo, ...how }: ListOptions,
): Promise<ReadonlyMap<string, PlatformCertificate>> {
  const certificates = await decryptCertificates(payReplyObject(reply), how);
  if (certificates.length === 0) throw noCertificates("it lists none.");
  // The merchant's own certificate must never verify a reply of WeChat Pay.
  const others = certificates.filter(
    ({ platformKeyId }) => withoutZeros(platformKeyId) !== withoutZeros(serialNo),
  );
  // The first of a serial number, not the last, counts.
  return new Map(others.reverse().map((certificate) => [certificate.platformKeyId, certificate]));
}

function explainMissing(error: unknown): never {
  if (error instanceof PayApiError && error.status === 404) {
    throw noCertificates(error.apiMessage, error);
  }
  throw error;
}

function noCertificates(said: string, cause?: unknown): KeyError {
  return new KeyError(
    `WeChat Pay has no platform certificates for this merchant: ${said} Pass its public key instead: platformKeys: [{ platformKeyId: "PUB_KEY_ID_…", key }].`,
    { cause },
  );
}

function cacheKey({ baseUrl }: PaySigner, { id }: ListOptions): string {
  return `wechat-edge:certificates:${baseUrl}:${id}`;
}

/** The cache holds the list encrypted, as it came, and it is read as a reply is: nobody can put a foreign key into it. */
async function readCache(signer: PaySigner, options: ListOptions): Promise<HeldList | undefined> {
  const { v, fetchedAt, body } = (await options.cache?.get(cacheKey(signer, options))) ?? {};
  if (v !== 1 || typeof fetchedAt !== "number" || typeof body !== "string") return undefined;
  try {
    const reply = { status: 200, headers: new Headers(), body: encodeUtf8(body) };
    return { fetchedAt, body, certificates: await readList(reply, options) };
  } catch {
    return undefined; // cannot be decrypted: the list is downloaded
  }
}

async function writeCache(
  signer: PaySigner,
  options: ListOptions,
  { fetchedAt, body }: HeldList,
): Promise<void> {
  const value = { v: 1, fetchedAt, body };
  await options.cache?.set(cacheKey(signer, options), value, MAX_AGE_MS / 1000);
}
