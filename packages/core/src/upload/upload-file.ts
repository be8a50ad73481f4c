import type { AbortSignal } from "../async/abort-signal.ts";
import { ignoreErrors } from "../async/ignore-errors.ts";
import { digestBytes } from "../hash/digest.ts";
import { bytesBody, type RequestBody, streamBody } from "../http/request-body.ts";
import { openWindow } from "../inspect/file-window.ts";
import { identify } from "../inspect/identify.ts";
import { type Inspection, inspectFile } from "../inspect/inspect.ts";
import type { OptionKinds } from "../options.ts";
import { createSource, type FileInput } from "../source/source.ts";
import { checksOf, type FileRules } from "./file-rules.ts";
import { type FormField, frameForm } from "./multipart.ts";
import {
  checkStreamInput,
  isStreamInput,
  type StreamInput,
  type TakenStream,
  takeStream,
} from "./stream-input.ts";

/** Progress of an upload. */
export interface UploadProgress {
  /** Reading the file, hashing it, sending it. */
  readonly phase: "read" | "hash" | "upload";
  /** Bytes done in this phase. */
  readonly loaded: number;
  /** Length of the file in bytes. */
  readonly total: number;
}

/** Options of every single-request upload. */
export interface UploadOptions {
  /** Stops the upload, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called when a phase begins, progresses or ends. Errors that this function throws are ignored. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** How the options of uploads and of checks are checked. */
export const UPLOAD_OPTIONS: OptionKinds<UploadOptions & { limits: unknown }> = {
  signal: "signal",
  onProgress: "function",
  limits: true,
};
export const CHECK_OPTIONS: OptionKinds<Pick<UploadOptions, "signal"> & { limits: unknown }> = {
  signal: "signal",
  limits: true,
};

/** A file that has passed the checks, ready to be framed. */
export interface CheckedFile {
  readonly name: string;
  /** MIME type by content. */
  readonly type: string;
  /** Length in bytes. */
  readonly total: number;
  /** SHA-256 in lower-case hexadecimal; empty if none was asked for. */
  readonly sha256: string;
  /** Makes the body: the file between `head` and `tail`. */
  body(head: Uint8Array, tail: Uint8Array): RequestBody;
}

/** The form that an endpoint takes. */
export interface UploadForm {
  /** Name of the file part. */
  readonly part: string;
  /** Content-Type of the file part; if undefined, the content shows it. */
  readonly type?: string | undefined;
  /** Returns the parts before it. */
  fields(file: CheckedFile): readonly FormField[];
}

/** A form with its file, ready to be sent. */
export interface FramedUpload {
  readonly contentType: string;
  readonly body: RequestBody;
  /** The parts before the file. */
  readonly fields: readonly FormField[];
}

/** How many first bytes tell what was passed in place of a file. */
const TEXT_BYTES = 512;

/** Checks a file as an upload does, without a client and without the network. */
export async function checkFile(
  rules: FileRules,
  input: FileInput,
  { signal }: Pick<UploadOptions, "signal"> = {},
): Promise<Inspection> {
  const source = createSource(input);
  const checks = checksOf(rules);
  checks.declared(source);
  const read = openWindow(source, signal);
  const head = (await read(0, TEXT_BYTES)).slice();
  const { identity, ...inspection } = await inspectFile(read, source.size);
  // As the upload sees it: calls that take no sound do not look for one.
  const seen = checks.sounds === undefined ? await identify(read) : identity;
  checks.content(source, { identity: seen, head, sound: inspection });
  return inspection;
}

/**
 * Checks a file, hashes it if the endpoint wants its SHA-256, frames it and passes it to `send`. A source is read once,
 * so the bytes that were checked and hashed are the bytes that are sent. If anything fails, a stream is let go of.
 */
export async function uploadFile<T>(
  rules: FileRules,
  input: FileInput | StreamInput,
  options: UploadOptions & { readonly sha256: boolean },
  form: UploadForm,
  send: (upload: FramedUpload) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  if (!isStreamInput(input)) {
    return sendChecked(await readChecked(rules, input, options), form, options, send);
  }
  const stream = takeStream(input);
  const onAbort = (): void => void stream.letGo(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    checkStreamInput(input, options.sha256);
    const file = await fromStream(rules, input, stream, options);
    return await sendChecked(file, form, options, send);
  } catch (error) {
    await stream.letGo(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Frames a file that was checked, and passes it to `send`. */
export async function sendChecked<T>(
  file: CheckedFile,
  form: UploadForm,
  { onProgress }: UploadOptions,
  send: (upload: FramedUpload) => Promise<T>,
): Promise<T> {
  const report = ignoreErrors(onProgress);
  const { name, type, total } = file;
  const fields = form.fields(file);
  const frame = frameForm(fields, {
    name: form.part,
    filename: name,
    type: form.type ?? type,
  });
  const body = file.body(frame.head, frame.tail);
  report({ phase: "upload", loaded: 0, total });
  const result = await send({ contentType: frame.contentType, body, fields });
  report({ phase: "upload", loaded: total, total });
  return result;
}

/** Reads a whole file once, checks it, and hashes it if the endpoint wants its SHA-256. */
export async function readChecked(
  rules: FileRules,
  input: FileInput,
  { signal, onProgress, sha256: digested }: UploadOptions & { readonly sha256: boolean },
): Promise<CheckedFile> {
  signal?.throwIfAborted();
  const report = ignoreErrors(onProgress);
  const source = createSource(input);
  const { size: total } = source;
  const checks = checksOf(rules);
  checks.declared(source);
  const bytes = await source.read(0, total, { signal });
  report({ phase: "read", loaded: total, total });
  const read = openWindow(createSource(bytes), signal);
  const identity = await identify(read, checks.sounds?.findMp3);
  const sound = await checks.sounds?.readSound(read, total, identity);
  const name = checks.content(source, { identity, head: bytes, sound });
  const sha256 = digested ? await digestBytes(bytes, "SHA-256") : "";
  if (digested) report({ phase: "hash", loaded: total, total });
  const body: CheckedFile["body"] = (head, tail) => bytesBody([head, bytes, tail]);
  return { name, type: identity.mime, total, sha256, body };
}

async function fromStream(
  rules: FileRules,
  input: StreamInput,
  stream: TakenStream,
  { signal, onProgress }: UploadOptions,
): Promise<CheckedFile> {
  signal?.throwIfAborted();
  const report = ignoreErrors(onProgress);
  const { size: total, sha256 = "" } = input;
  const checks = checksOf(rules);
  const declared = { name: input.name ?? "", size: total };
  checks.declared(declared);
  const head = await stream.read(0, TEXT_BYTES).finally(() => signal?.throwIfAborted());
  const identity = await identify(stream.read, checks.sounds?.findMp3).finally(() =>
    signal?.throwIfAborted(),
  );
  const name = checks.content(declared, { identity, head });
  return {
    name,
    type: identity.mime,
    total,
    sha256: sha256.toLowerCase(),
    body: (before, after) =>
      streamBody(before.byteLength + total + after.byteLength, async (write) => {
        let loaded = 0;
        await write(before);
        await stream.passOn(async (chunk) => {
          await write(chunk);
          loaded += chunk.byteLength;
          if (loaded < total) report({ phase: "upload", loaded, total });
        });
        await write(after);
      }),
  };
}
