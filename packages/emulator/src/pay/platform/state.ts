import { check, valueText } from "../../validation/check.ts";
import { flag, numberFrom, oneOf } from "../../validation/rules.ts";
import { createShare } from "../share.ts";
import {
  type PlatformCertificate,
  type PlatformKey,
  platformCertificates,
  publicPlatformKey,
} from "./keys.ts";

/** Which kinds of platform key are in use. */
export type PlatformMode = "certificates" | "both" | "public-key";

/** A platform certificate and whether it is in use. */
export interface PlatformCertificateStatus {
  /** The serial number of the certificate. */
  readonly platformKeyId: string;
  /** Start of validity, in milliseconds by the emulator's clock. */
  readonly effectiveTime: number;
  /** End of validity, in milliseconds by the emulator's clock. */
  readonly expireTime: number;
  /** Whether the certificate routes list it. */
  readonly listed: boolean;
  /** Whether replies are signed with it, possibly in turn with others. */
  readonly signing: boolean;
}

/** Controls which platform keys sign replies and which certificates are listed. */
export interface PlatformControl {
  /** The mode in effect. Default: "both". */
  readonly mode: PlatformMode;
  /**
   * Sets the mode. "both": certificates and the public key. "certificates": the public key is unknown.
   * "public-key": the certificate routes answer 404 and certificates are unknown.
   */
  setMode: (mode: PlatformMode) => void;
  /** All certificates announced since the last reset, oldest first. */
  certificates: () => PlatformCertificateStatus[];
  /**
   * Lists the next certificate without signing with it, and returns its platformKeyId. Throws
   * RangeError after the last of the four demo certificates.
   */
  announce: () => string;
  /**
   * Signs with this listed certificate from now on (default: the newest); the others stay listed.
   * Throws TypeError if it is not listed.
   */
  activate: (platformKeyId?: string) => void;
  /** Stops listing and using this certificate. Throws TypeError if no other is listed. */
  retire: (platformKeyId: string) => void;
  /** Signs with the listed certificates in turn. */
  alternate: (on: boolean) => void;
  /** Signs this share (0 to 1) of replies with the public key, where the request names no key. */
  setPublicKeyShare: (share: number) => void;
}

export interface ListedCertificate {
  certificate: PlatformCertificate;
  effectiveTime: number;
  expireTime: number;
}

export interface PlatformState extends PlatformControl {
  /** The listed certificates, oldest first. */
  listing(): ListedCertificate[];
  /** The key with this id, if a client may name it. */
  keyOf(id: string): PlatformKey | undefined;
  /** The key of the next reply; counts turns and shares. */
  nextSigner(asked: string | null): PlatformKey;
}

export const platformModes: readonly PlatformMode[] = ["certificates", "both", "public-key"];
const YEAR_MS = 365 * 86_400_000;
/** Assumed: the certificates published in SDKs and blogs last five years. */
const LIFETIME_MS = 5 * YEAR_MS;

interface Announced extends ListedCertificate {
  listed: boolean;
}

interface Settings {
  mode: PlatformMode;
  announced: Announced[];
  /** Serial number. */
  signing: string;
  alternating: boolean;
  turn: number;
  /** Absent: `replyKeyId` applies. */
  takesShare?: () => boolean;
}

const initialSettings = (mode: PlatformMode): Settings => ({
  mode,
  announced: [],
  signing: "",
  alternating: false,
  turn: 0,
});

/** `replyKeyId` is the id of the key that signs if the request names none; `mode` that of the start. */
export function createPlatformState(
  now: () => number,
  replyKeyId: string | undefined,
  mode: PlatformMode = "both",
): PlatformState {
  const settings = initialSettings(mode);

  const enlist = (certificate: PlatformCertificate, effectiveTime: number): void => {
    const expireTime = effectiveTime + LIFETIME_MS;
    settings.announced.push({ certificate, effectiveTime, expireTime, listed: true });
  };
  const wholeSecond = (): number => Math.floor(now() / 1000) * 1000;
  /** The first certificate is a year old when first used: workerd has no clock before a request. */
  const announced = (): Announced[] => {
    if (settings.announced.length === 0) {
      const first = platformCertificates[0] as PlatformCertificate;
      enlist(first, wholeSecond() - YEAR_MS);
      settings.signing = first.id;
    }
    return settings.announced;
  };
  const listing = (): Announced[] => announced().filter(({ listed }) => listed);
  const listedOf = (platformKeyId: string): Announced => {
    const found = listing().find(({ certificate }) => certificate.id === platformKeyId);
    if (found) return found;
    const serials = listing().map(({ certificate }) => certificate.id);
    throw new TypeError(
      `platformKeyId is ${valueText(platformKeyId)}; it must be one of the listed certificates: ${serials.join(", ")}.`,
    );
  };
  const newest = (): string => listing().at(-1)?.certificate.id ?? "";

  const sharedWithPublicKey = (): boolean => {
    const { takesShare } = settings;
    return takesShare?.() ?? replyKeyId === publicPlatformKey.id;
  };

  /** Serial numbers may have lower-case digits. */
  const keyOf = (asked: string): PlatformKey | undefined => {
    const { mode } = settings;
    const id = asked.toUpperCase();
    if (id === publicPlatformKey.id) return mode === "certificates" ? undefined : publicPlatformKey;
    if (mode === "public-key") return undefined;
    return listing().find(({ certificate }) => certificate.id === id)?.certificate;
  };

  return {
    get mode() {
      return settings.mode;
    },
    setMode(mode) {
      check(oneOf(platformModes), mode, "mode");
      settings.mode = mode;
    },
    certificates: () =>
      announced().map(({ certificate, effectiveTime, expireTime, listed }) => ({
        platformKeyId: certificate.id,
        effectiveTime,
        expireTime,
        listed,
        signing:
          listed &&
          settings.mode !== "public-key" &&
          (settings.alternating || certificate.id === settings.signing),
      })),
    announce() {
      const next = platformCertificates[announced().length];
      if (next === undefined) {
        const count = platformCertificates.length;
        throw new RangeError(`All ${count} demo certificates have been announced; reset first.`);
      }
      enlist(next, wholeSecond());
      return next.id;
    },
    activate(platformKeyId = newest()) {
      settings.signing = listedOf(platformKeyId).certificate.id;
    },
    retire(platformKeyId) {
      const retired = listedOf(platformKeyId);
      if (listing().length === 1) {
        throw new TypeError(
          `${platformKeyId} is the only listed certificate; announce another before you retire it.`,
        );
      }
      retired.listed = false;
      if (settings.signing === platformKeyId) settings.signing = newest();
    },
    alternate(on) {
      check(flag, on, "alternate");
      settings.alternating = on;
      settings.turn = 0;
    },
    setPublicKeyShare(share) {
      check(numberFrom(0, 1), share, "publicKeyShare");
      settings.takesShare = createShare(share);
    },
    listing,
    keyOf,
    nextSigner(asked) {
      const { mode, alternating } = settings;
      if (mode === "public-key") return publicPlatformKey;
      // An unknown id names no key.
      const named = asked === null ? undefined : keyOf(asked);
      if (named === publicPlatformKey) return named;
      if (mode === "both" && named === undefined && sharedWithPublicKey()) return publicPlatformKey;
      const certificates = listing().map(({ certificate }) => certificate);
      const signing = certificates.find(({ id }) => id === settings.signing);
      const inTurn = alternating
        ? certificates[settings.turn++ % certificates.length]
        : (named ?? signing);
      return inTurn as PlatformCertificate;
    },
  };
}
