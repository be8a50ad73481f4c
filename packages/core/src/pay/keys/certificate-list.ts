import { createSharedWork } from "../../async/shared-work.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { withRetry } from "../../http/retry.ts";
import type { Reply } from "../../http/send.ts";
import type { SafeStore } from "../../store.ts";
import { type PayCall, type PaySigner, sendSigned } from "../call.ts";
import { KeyError, PayApiError } from "../errors.ts";
import { repeatableAfterOneProbe } from "../probe.ts";
import { payReplyObject } from "../reply.ts";
import { checkApiV3Key, decryptCertificates, type PlatformCertificate } from "./certificates.ts";

/** The platform certificates of a merchant, downloaded when they are needed. */
export interface CertificateList {
  /** Serials known now. */
  ids(): readonly string[];
  /** Downloads where nothing is known or the list is 12 hours old. */
  prepare(): Promise<void>;
  /** The certificate of that serial; an unknown one starts a download, at most one in 60 seconds. */
  find(platformKeyId: string): Promise<PlatformCertificate | undefined>;
  /** The certificate that stays valid longest. */
  newest(): Promise<PlatformCertificate | undefined>;
}

/** Whether a list's own reply is genuine, given the certificates that it brought. */
export type VerifyList = (
  reply: Reply,
  brought: ReadonlyMap<string, PlatformCertificate>,
) => Promise<void>;

/** WeChat Pay asks for a look at intervals under 12 hours; a new certificate is listed a day before it signs. */
const MAX_AGE_MS = 12 * 3600 * 1000;
/** Whoever sends unknown serials must not make us download without end. */
const MIN_INTERVAL_MS = 60 * 1000;

/** Nothing is downloaded until the list is used. Throws KeyError where apiV3Key cannot be one. */
export function createCertificateList(
  signer: PaySigner,
  options: {
    readonly apiV3Key: string;
    readonly mchid: string;
    /** The merchant's own serial, which is never a platform certificate's. */
    readonly serialNo: string;
    readonly call: Pick<PayCall, "path" | "platformKeyId">;
    readonly cache: SafeStore | undefined;
    readonly verify: VerifyList;
  },
): CertificateList {
  checkApiV3Key(options.apiV3Key);
  const { now } = signer.transport;
  let held: HeldList | undefined;
  let unsaved: HeldList | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const valid = (platformKeyId: string): PlatformCertificate | undefined => {
    const certificate = held?.certificates.get(platformKeyId);
    return certificate !== undefined && certificate.expires > now() ? certificate : undefined;
  };
  const serves = (): boolean => [...(held?.certificates.keys() ?? [])].some(valid);
  // A clock that was set back must not stop the looking, hence the absolute values.
  const isStale = (): boolean =>
    held === undefined || Math.abs(now() - held.fetchedAt) >= MAX_AGE_MS;
  const adoptCached = async (): Promise<void> => {
    const cached = await readCache(signer, options);
    if (cached === undefined || cached.fetchedAt <= (held?.fetchedAt ?? 0)) return;
    if (cached.fetchedAt <= now()) held = cached;
  };
  const shared = createSharedWork<void>();
  const download = async (): Promise<void> => {
    await shared.run(async () => {
      askedAt = now();
      held = await downloadList(signer, options);
      unsaved = held;
    });
    const saved = unsaved;
    unsaved = undefined;
    if (saved !== undefined) await writeCache(signer, options, saved);
  };
  const mayAsk = (): boolean => shared.isUnderWay() || Math.abs(now() - askedAt) >= MIN_INTERVAL_MS;
  const prepare = async (): Promise<void> => {
    if (!isStale()) return;
    await adoptCached();
    if (!isStale() || (serves() && !mayAsk())) return;
    await download().catch((error: unknown) => {
      // An old list serves on: its certificates are valid by their own dates.
      if (!serves()) throw error;
    });
  };
  return {
    ids: () => [...(held?.certificates.keys() ?? [])],
    prepare,
    async find(platformKeyId) {
      if (valid(platformKeyId) === undefined) await adoptCached();
      if (valid(platformKeyId) === undefined && mayAsk()) await download();
      return valid(platformKeyId);
    },
    async newest() {
      await prepare();
      const all = [...(held?.certificates.values() ?? [])].filter(({ platformKeyId }) =>
        valid(platformKeyId),
      );
      return all.sort((a, b) => b.expires - a.expires)[0];
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
      // Decrypted first: what opens under the APIv3 key is WeChat Pay's, and may be what signed the reply.
      const certificates = await readList(reply, options);
      await options.verify(reply, certificates);
      return { fetchedAt, body, certificates };
    },
  );
}

async function readList(
  reply: Reply,
  { apiV3Key, serialNo }: ListOptions,
): Promise<ReadonlyMap<string, PlatformCertificate>> {
  const certificates = await decryptCertificates(payReplyObject(reply), apiV3Key);
  // What the merchant signs himself can never speak for WeChat Pay.
  const others = certificates.filter(
    ({ platformKeyId }) => platformKeyId !== serialNo.toUpperCase(),
  );
  return new Map(others.map((certificate) => [certificate.platformKeyId, certificate]));
}

function explainMissing(error: unknown): never {
  if (error instanceof PayApiError && error.status === 404) {
    throw new KeyError(
      `WeChat Pay has no platform certificates for this merchant: ${error.apiMessage} Pass its public key instead: platformKeys: [{ platformKeyId: "PUB_KEY_ID_…", key: pem }].`,
      { cause: error },
    );
  }
  throw error;
}

function cacheKey({ baseUrl }: PaySigner, { mchid }: ListOptions): string {
  return `wechat-edge:certificates:${baseUrl}:${mchid}`;
}

/** The cache holds the list as it came, encrypted: a key of somebody else's cannot be brought in there. */
async function readCache(signer: PaySigner, options: ListOptions): Promise<HeldList | undefined> {
  const { v, fetchedAt, body } = (await options.cache?.get(cacheKey(signer, options))) ?? {};
  if (v !== 1 || typeof fetchedAt !== "number" || typeof body !== "string") return undefined;
  try {
    const reply = { status: 200, headers: new Headers(), body: encodeUtf8(body) };
    return { fetchedAt, body, certificates: await readList(reply, options) };
  } catch {
    return undefined; // a list that does not open is no cache; the download follows
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
