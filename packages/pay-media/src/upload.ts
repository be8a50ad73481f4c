import {
  createSource,
  type FileLimits,
  type Inspection,
  inspect,
  type JsonObject,
  type PayClient,
  ReplyError,
  type SourceInput,
} from "@wechat-edge/core";
import {
  bytesBody,
  checkContent,
  checkDeclared,
  digestBytes,
  frameForm,
  identify,
  openWindow,
  payExchange,
  payReplyObject,
  type RequestBody,
  streamBody,
  type WechatAnswers,
} from "@wechat-edge/core/internal";
import { encodeMeta } from "./meta.ts";
import {
  checkPassThrough,
  isPassThrough,
  type PassThrough,
  type TakenStream,
  takeStream,
} from "./pass-through.ts";

/** How far an upload is. */
export interface UploadProgress {
  readonly phase: "read" | "hash" | "upload";
  /** Bytes done in this phase. */
  readonly loaded: number;
  /** Bytes of the file. */
  readonly total: number;
}

/** Options of every upload. */
export interface UploadOptions {
  /** Stops the upload; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** What an upload takes: a source, or a stream that is passed on. */
export type PayFile = SourceInput | PassThrough;

/** An endpoint of the meta + file form. */
export interface PayEndpoint {
  readonly operation: string;
  readonly path: string;
  readonly limits: FileLimits;
  readonly answers: WechatAnswers;
}

/** The first bytes of a stream that its format is told from; the longest header of the ten video formats fits as a rule. */
const STREAM_HEAD_BYTES = 64 * 1024;

/** Checks, hashes, signs, frames and sends one file, and gives the verified reply. */
export async function uploadTo(
  pay: PayClient,
  endpoint: PayEndpoint,
  file: PayFile,
  options: UploadOptions = {},
): Promise<JsonObject> {
  const { signal } = options;
  if (!isPassThrough(file)) {
    return transfer(pay, endpoint, await fromSource(endpoint, file, options), options);
  }
  const stream = takeStream(file);
  const onAbort = (): void => void stream.cancel(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    checkPassThrough(file);
    const checked = await fromStream(endpoint, file, stream, options);
    return await transfer(pay, endpoint, checked, options);
  } catch (error) {
    await stream.cancel(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

async function transfer(
  pay: PayClient,
  endpoint: PayEndpoint,
  { name, type, sha256, total, content }: CheckedFile,
  { signal, onProgress }: UploadOptions,
): Promise<JsonObject> {
  const meta = encodeMeta({ filename: name, sha256 });
  const frame = frameForm([{ name: "meta", type: "application/json", body: meta }], {
    name: "file",
    filename: name,
    type,
  });
  const body = content(frame.head, frame.tail);
  onProgress?.({ phase: "upload", loaded: 0, total });
  const reply = await payExchange(
    pay,
    {
      operation: endpoint.operation,
      method: "POST",
      path: endpoint.path,
      contentType: frame.contentType,
      body,
      signedBody: meta,
    },
    { signal, repeatable: body.repeatable },
  );
  onProgress?.({ phase: "upload", loaded: total, total });
  return payReplyObject(reply);
}

/** The text that a reply must hold under `field`. Throws ReplyError. */
export function requiredText(reply: JsonObject, field: string): string {
  const value = reply[field];
  if (typeof value === "string" && value !== "") return value;
  throw new ReplyError(`The reply is signed but holds no ${field}.`, { status: 200 });
}

/** What the upload of a source checks, without a client and without the network. */
export async function checkSource(
  endpoint: Pick<PayEndpoint, "limits" | "answers">,
  input: SourceInput,
  options: Pick<UploadOptions, "signal"> = {},
): Promise<Inspection> {
  const source = createSource(input);
  checkDeclared(source, endpoint.limits, endpoint.answers);
  const inspection = await inspect(source, options);
  checkContent(source.name, inspection.format, endpoint.limits, endpoint.answers);
  return inspection;
}

interface CheckedFile {
  readonly name: string;
  readonly type: string;
  readonly sha256: string;
  readonly total: number;
  /** The body, between what frames it. */
  readonly content: (head: Uint8Array, tail: Uint8Array) => RequestBody;
}

/** Reads once: what is checked and hashed is what is sent. */
async function fromSource(
  endpoint: PayEndpoint,
  input: SourceInput,
  { signal, onProgress }: UploadOptions,
): Promise<CheckedFile> {
  signal?.throwIfAborted();
  const source = createSource(input);
  const { name, size: total } = source;
  checkDeclared(source, endpoint.limits, endpoint.answers);
  const bytes = await source.read(0, total, { signal });
  onProgress?.({ phase: "read", loaded: total, total });
  const mime = await checkedMime(endpoint, name, bytes);
  const sha256 = await digestBytes(bytes, "SHA-256");
  onProgress?.({ phase: "hash", loaded: total, total });
  return {
    name,
    type: mime,
    sha256,
    total,
    content: (head, tail) => bytesBody([head, bytes, tail]),
  };
}

/** The MIME type of the content, once it is of a format the endpoint takes. */
async function checkedMime(
  { limits, answers }: PayEndpoint,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const { format, mime } = await identify(openWindow(createSource(bytes)));
  checkContent(name, format, limits, answers);
  return mime;
}

async function fromStream(
  endpoint: PayEndpoint,
  file: PassThrough,
  stream: TakenStream,
  { signal, onProgress }: UploadOptions,
): Promise<CheckedFile> {
  signal?.throwIfAborted();
  const { name = "", size: total } = file;
  checkDeclared({ name, size: total }, endpoint.limits, endpoint.answers);
  const head = await stream.head(STREAM_HEAD_BYTES).finally(() => signal?.throwIfAborted());
  const mime = await checkedMime(endpoint, name, head);
  return {
    name,
    type: mime,
    sha256: file.sha256.toLowerCase(),
    total,
    content: (before, after) =>
      streamBody(before.byteLength + total + after.byteLength, () =>
        framed(before, stream.chunks(), after, (loaded) => {
          if (loaded < total) onProgress?.({ phase: "upload", loaded, total });
        }),
      ),
  };
}

async function* framed(
  head: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  tail: Uint8Array,
  onLoaded: (loaded: number) => void,
): AsyncIterable<Uint8Array> {
  let loaded = 0;
  yield head;
  for await (const chunk of chunks) {
    yield chunk;
    loaded += chunk.byteLength;
    onLoaded(loaded);
  }
  yield tail;
}
