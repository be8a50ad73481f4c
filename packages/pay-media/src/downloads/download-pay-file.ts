import type { PayClient } from "@wechat-edge/core";
import { openPayFile, payParts, readWhole, requestIdOf } from "@wechat-edge/core/internal/pay";
import {
  type AbortSignal,
  abortable,
  BOOLEAN,
  type ByteReader,
  type ByteStream,
  byteStream,
  checkInput,
  checkOptions,
  dispositionName,
  encodeUtf8,
  type OptionKinds,
  precededBy,
  type StreamedReply,
  safeName,
} from "@wechat-edge/core/internal/upload";
import { withAdvice } from "./advice.ts";
import { digestChecked } from "./digest-check.ts";
import {
  type ComparedDigest,
  expectedDigest,
  STATEMENT_HEADER,
  statementDigest,
} from "./expected-digest.ts";
import { readStart } from "./file-start.ts";
import { gunzipped, isGzip } from "./gunzip.ts";
import { type PayFileAddress, targetOf } from "./target.ts";
import { withoutQueries, withoutTokens } from "./without-tokens.ts";

/** Options of {@link downloadPayFile}. */
export interface PayDownloadOptions {
  /** Stops the download and the reading of its body. Both then reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether a gzip file is decompressed: true by default, and without effect on other files. With false it comes as it is,
   * and `hash_value` is not compared.
   */
  readonly gunzip?: boolean | undefined;
}

/** A file of WeChat Pay, of which the first bytes have come. */
export interface PayDownload {
  /**
   * What shows that the file is WeChat Pay's: its `signature`, a `digest` that WeChat Pay stated in a signed reply, or
   * nothing (`unsigned`): then only https vouches for it.
   */
  readonly evidence: "signature" | "digest" | "unsigned";
  /** The digest that is compared while you read: the last bytes come only if it is right. */
  readonly digest?: ComparedDigest;
  /** The Content-Type of the reply; of a file that is decompressed, `application/octet-stream`. */
  readonly type: string;
  /** Length of `body` in bytes, if it is known before the end. */
  readonly size?: number;
  /** The name in the reply, if it has one, safe as the name of a new file. */
  readonly name?: string;
  /**
   * The file is fetched as you read it. The read rejects with a NetworkError if the download breaks off, and with a
   * ReplyError if the digest is wrong.
   */
  readonly body: ByteStream;
}

const DOWNLOAD_OPTIONS: OptionKinds<PayDownloadOptions> = { signal: "signal", gunzip: BOOLEAN };

/**
 * Downloads a bill, a picture of a complaint, a receipt or another file, and resolves with
 * `{ evidence, digest?, type, size?, name?, body }` when its first bytes have come.
 *
 * WeChat Pay signs no files. A bill or receipt whose `hash_value` you pass is compared with it while you read `body`: if
 * the digest is wrong, the read of the last bytes rejects, so that a wrong file never ends as if it were complete. A bill
 * that comes as gzip is decompressed, because its digest is that of the bill itself. A picture cannot be checked.
 *
 * The signed request goes to WeChat Pay or to the client's `baseUrl`, never elsewhere: a relay or the emulator in
 * `baseUrl` also gets what `download_url` addresses to WeChat Pay. A `download_url` is valid for 5 minutes, by older
 * documents for 30 seconds.
 *
 * @param what - the bill's `{ download_url, hash_type, hash_value }` as WeChat Pay answered it, a `media_url` as
 *   `{ download_url }`, or `{ path, query? }`
 * @throws TypeError if an argument is malformed, or if the host is not WeChat Pay's
 * @throws PayApiError if WeChat Pay answers with an error
 * @throws SignatureError if the reply is signed, and the signature is wrong
 * @throws ReplyError if the reply is not a file, or is gzip in a runtime without `DecompressionStream`
 * @throws KeyError if a key cannot be used
 * @throws NetworkError or TimeoutError if the last try, too, got no reply; `body` ends with them if it breaks off
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071238
 *
 * @example
 * ```ts
 * import { createPayClient, payRequest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const bill_date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
 * const query = { bill_date, tar_type: "GZIP" };
 * const bill = await payRequest<{ download_url: string; hash_type: string; hash_value: string }>(
 *   pay,
 *   { method: "GET", path: "/v3/bill/tradebill", query },
 * );
 * const { evidence, body } = await downloadPayFile(pay, bill);
 * const csv = await new Response(body).text();
 * console.log(evidence, csv.includes("`")); // digest true
 * ```
 */
export async function downloadPayFile(
  pay: PayClient,
  what: PayFileAddress,
  options: PayDownloadOptions = {},
): Promise<PayDownload> {
  checkInput("downloadPayFile", what, "{ download_url, hash_type, hash_value } or { path }");
  checkOptions("downloadPayFile", options, DOWNLOAD_OPTIONS);
  payParts(pay); // throws for anything but a client
  const target = targetOf(pay, what);
  const expected = expectedDigest(what);
  const [address = ""] = target.path.split("?");
  const opening = { ...target, operation: "downloadPayFile", redact: withoutQueries };
  return openPayFile(pay, opening, options.signal, (reply) =>
    begin(pay, reply, { ...options, address, expected }),
  )
    .catch(withoutTokens)
    .catch(withAdvice("download_url" in what));
}

type Asked = PayDownloadOptions & {
  readonly address: string;
  readonly expected: ComparedDigest | undefined;
};

/** Reads the start of the file, and makes the rest of it a stream. */
async function begin(pay: PayClient, reply: StreamedReply, asked: Asked): Promise<PayDownload> {
  const { signal, gunzip = true } = asked;
  const about = { status: reply.status, requestId: requestIdOf(reply) };
  const { head, rest, signed, stated } = await verifiedStart(pay, reply, asked);
  const packed = isGzip(head);
  // The one that the caller knows, too: the one that is stated may be that of another file.
  const compared =
    packed && !gunzip ? [] : [asked.expected, stated].filter((one) => one !== undefined);
  const [digest] = compared;
  let reader = precededBy(head, rest);
  if (packed && gunzip) reader = gunzipped(reader, about);
  for (const one of compared) reader = digestChecked(reader, one, about);
  const declared = reply.headers.get("content-type")?.split(";")[0]?.trim();
  const name = dispositionName(reply.headers.get("content-disposition"));
  const opened = packed && gunzip;
  // A signed digest that is not compared proves nothing of the file.
  const isSigned = signed && (stated === undefined || digest !== undefined);
  return {
    evidence: isSigned ? "signature" : digest === undefined ? "unsigned" : "digest",
    ...(digest !== undefined && { digest }),
    type: opened || !declared ? "application/octet-stream" : declared,
    ...(reply.size !== undefined && !opened && { size: reply.size }),
    ...(name !== undefined && {
      name: opened ? safeName(name.replace(/(?<=.)\.gz(?:ip)?$/i, "")) || name : name,
    }),
    body: byteStream(reader, signal),
  };
}

interface VerifiedStart {
  readonly head: Uint8Array<ArrayBuffer>;
  readonly rest: ByteReader;
  readonly signed: boolean;
  /** The digest that the signature covers in place of the file. */
  readonly stated?: ComparedDigest;
}

/** Verifies the signature, if the reply has one. Throws for a reply that is not a file. */
async function verifiedStart(
  pay: PayClient,
  reply: StreamedReply,
  { signal, address }: Asked,
): Promise<VerifiedStart> {
  const { status, headers } = reply;
  if (headers.get("wechatpay-signature") === null) {
    return { ...(await readStart(reply, address)), signed: false };
  }
  const stated = statementDigest(headers);
  if (stated === undefined) {
    const whole = await readWhole(reply);
    await abortable(payParts(pay).verifyAnswer(whole), signal);
    return { head: whole.body, rest: { ...reply, read: async () => undefined }, signed: true };
  }
  // Documented for the statements of WeChat Pay Global: the digest is signed, as JSON.
  const body = encodeUtf8(JSON.stringify({ sha1: headers.get(STATEMENT_HEADER) }));
  await abortable(payParts(pay).verifyAnswer({ status, headers, body }), signal);
  return { ...(await readStart(reply, address)), signed: true, stated };
}
