import type { AbortSignal } from "../../async/abort-signal.ts";
import { WechatError } from "../../errors.ts";
import { type JsonObject, parseObject, type Reply } from "../../http/reply.ts";
import { sendSigned } from "../call.ts";
import type { PayClient, PayParts } from "../client.ts";
import { KeyError, PayApiError } from "../errors.ts";
import { decryptCertificates, type PlatformCertificate } from "../keys/certificates.ts";
import type { RsaKey } from "../keys/key.ts";
import { type PayRegion, REGIONS } from "../region.ts";
import type { SignErrorExplanation } from "../sign-error.ts";
import type { SignErrorCause } from "../sign-error-cause.ts";
import { findSigner, type ReplySigner } from "./reply-signer.ts";

/** Where the platform certificates of a region are. */
export interface Place {
  readonly region: PayRegion;
  readonly baseUrl: string;
  readonly path: string;
}

/** What one request showed. */
export interface Answer {
  readonly place: Place;
  /** Absent if no reply came, or none that can be read. */
  readonly reply: Reply | undefined;
  /** Why there is no reply, or the error that the reply is. */
  readonly error: WechatError | undefined;
  /** For a 401: what WeChat Pay says, and what was signed. */
  readonly refusal: SignErrorExplanation | undefined;
  /** Whether WeChat Pay accepted the signature of the request. */
  readonly admitted: boolean;
  /** How many seconds this machine is fast; negative if it is slow. */
  readonly fast: number | undefined;
  /** How many seconds ago the reply was signed. */
  readonly age: number | undefined;
  readonly signer: ReplySigner;
  /** The serial numbers that WeChat Pay lists, none if it has no certificates; undefined if that is not known. */
  readonly listed: readonly string[] | undefined;
  /** Whether the APIv3 key decrypts the list; undefined if there is no key or nothing to decrypt. */
  readonly opens: boolean | undefined;
}

/** Everything that a checkup knows. */
export interface PayEvidence {
  readonly pay: PayClient;
  readonly parts: PayParts;
  /** A key that cannot be used: nothing was sent. */
  readonly unusable: KeyError | undefined;
  /** The answers, in the order they came: none, one or two. */
  readonly answers: readonly Answer[];
}

/** Sends one request, and a second one where the first is a probe or does not know the merchant. */
export async function examine(
  pay: PayClient,
  parts: PayParts,
  signal: AbortSignal | undefined,
): Promise<PayEvidence> {
  const { certificatePath: path } = parts;
  const nothing = { pay, parts, unusable: undefined, answers: [] };
  if (path === undefined) return nothing;
  // The older path of Global is one of the mainland's host.
  const region = /^\/(?:hk|v3\/global)\//.test(path) ? "global" : pay.region;
  const first = await ask(parts, { region, baseUrl: pay.baseUrl, path }, signal, 1);
  if (first.error instanceof KeyError) return { ...nothing, unusable: first.error };
  const next = secondPlace(first, pay);
  const second = next === undefined ? [] : [await ask(parts, next, signal, 2)];
  return { ...nothing, answers: [first, ...second] };
}

/** The causes for which the other region may know the merchant. */
const STRANGER: readonly (SignErrorCause | undefined)[] = ["serial", "merchant"];

function secondPlace(
  { place, refusal, signer }: Answer,
  { brandId }: PayClient,
): Place | undefined {
  if (signer.kind === "probe") return place;
  if (brandId !== undefined || !STRANGER.includes(refusal?.causes[0])) return undefined;
  const region = place.region === "mainland" ? "global" : "mainland";
  const isOwnHost = place.baseUrl !== REGIONS[place.region].baseUrl;
  const { baseUrl, certificatePath: path } = REGIONS[region];
  // A relay or the emulator: the request must not go anywhere else.
  return { region, baseUrl: isOwnHost ? place.baseUrl : baseUrl, path };
}

async function ask(
  parts: PayParts,
  place: Place,
  signal: AbortSignal | undefined,
  attempt: number,
): Promise<Answer> {
  const { signer, keys } = parts;
  const call = {
    operation: "checkPayClient",
    method: "GET",
    path: place.path,
    platformKeyId: keys.platformKeyId,
    signedBody: new Uint8Array(0),
  };
  let reply: Reply | undefined;
  let error: WechatError | undefined;
  const toPlace = { ...signer, baseUrl: place.baseUrl };
  try {
    await sendSigned(toPlace, call, signal, attempt, (received) => {
      reply = received;
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    if (!(thrown instanceof WechatError)) throw thrown;
    error = thrown;
  }
  return reply === undefined
    ? { ...SILENCE, place, error }
    : readAnswer(parts, place, { reply, error });
}

const SILENCE: Omit<Answer, "place" | "error"> = {
  reply: undefined,
  refusal: undefined,
  admitted: false,
  fast: undefined,
  age: undefined,
  signer: { kind: "nobody" },
  listed: undefined,
  opens: undefined,
};

async function readAnswer(
  { signer: { transport }, keys: { given }, issuer, ...parts }: PayParts,
  place: Place,
  { reply, error }: { readonly reply: Reply; readonly error: WechatError | undefined },
): Promise<Answer> {
  const now = Math.floor(transport.now() / 1000);
  const date = Math.floor(Date.parse(reply.headers.get("date") ?? "") / 1000);
  const timestamp = reply.headers.get("wechatpay-timestamp") ?? "";
  const signedAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  const since = (time: number): number | undefined => (Number.isNaN(time) ? undefined : now - time);
  const list = error === undefined ? parseObject(reply.body) : undefined;
  const isOfWechatPay = error instanceof PayApiError || serialsOf(list) !== undefined;
  const refusedList = error instanceof PayApiError && hasNoCertificates(error);
  const serials = refusedList ? [] : serialsOf(list);
  const opened = serials?.length ? await open(list, parts.apiV3Key(), issuer) : undefined;
  const brought = new Map<string, RsaKey>(
    (opened ?? []).map(({ platformKeyId, key }) => [platformKeyId, key]),
  );
  const signer = await findSigner(reply, { given, listed: brought });
  // Anybody can send a list, or say that there is none, if nobody signed it and no key opens it.
  const listed = signer.kind !== "nobody" || opened ? serials : undefined;
  return {
    place,
    reply,
    error,
    refusal: error instanceof PayApiError ? error.explanation : undefined,
    admitted: listed !== undefined || isAdmitted(error, signer),
    // The clock of a proxy proves nothing.
    fast: isOfWechatPay ? (since(date) ?? since(signedAt)) : undefined,
    age: since(signedAt),
    signer,
    listed,
    opens: opened === undefined ? undefined : opened !== null,
  };
}

/** Resolves with null if the key does not fit. */
async function open(
  list: JsonObject | undefined,
  apiV3Key: string | undefined,
  issuer: string,
): Promise<readonly PlatformCertificate[] | null | undefined> {
  if (list === undefined || apiV3Key === undefined) return undefined;
  return decryptCertificates(list, { apiV3Key, issuer }).catch((error: unknown) => {
    // An entry that is malformed says nothing about the key.
    if (error instanceof KeyError) return null;
    return undefined;
  });
}

/** An error is signed only if the signature of the request held. */
function isAdmitted(error: WechatError | undefined, signer: ReplySigner): boolean {
  return error instanceof PayApiError && error.status !== 401 && signer.kind !== "nobody";
}

/** Whether WeChat Pay says that the merchant has no platform certificates; the texts vary (reported). */
function hasNoCertificates({ status, apiCode, apiMessage }: PayApiError): boolean {
  return status === 404 && (apiCode === "RESOURCE_NOT_EXISTS" || apiMessage.includes("证书"));
}

/** The serial numbers are not encrypted. */
function serialsOf(list: JsonObject | undefined): readonly string[] | undefined {
  const data: unknown = list?.["data"];
  if (!Array.isArray(data)) return undefined;
  return data.map((entry: { serial_no?: unknown } | null) => {
    const serial = entry?.serial_no;
    return typeof serial === "string" ? serial.toUpperCase() : "";
  });
}
