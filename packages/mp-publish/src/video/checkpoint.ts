import { BLOCK_BYTES } from "../calls/video-limits.ts";
import { CheckpointError } from "../errors.ts";
import { readSaved } from "../saved.ts";
import { type BlockRange, countBlocks } from "./block-ranges.ts";

/**
 * Where an upload stands: small JSON, to be kept and given back.
 * `finish` and `save` are written before their call goes out: what they ask for may have been done.
 */
export interface VideoCheckpoint {
  readonly v: 1;
  readonly appid: string;
  readonly vid: string;
  /** Bytes of the file. */
  readonly size: number;
  /** SHA-1 of the file in lower-case hexadecimal. */
  readonly sha1: string;
  readonly blockSize: number;
  /** Blocks that WeChat has acknowledged. */
  readonly acked: readonly BlockRange[];
  readonly phase: "upload" | "finish" | "finished" | "save" | "done";
  /** There when the phase is `done`. */
  readonly media_id?: string;
}

/** The state of an upload that is under way. */
export interface StateKeeper {
  readonly current: () => VideoCheckpoint;
  readonly keep: (next: VideoCheckpoint) => Promise<void>;
}

const PHASES = ["upload", "finish", "finished", "save", "done"];

/**
 * Reads a checkpoint, as an object or as its JSON, and makes sure that it is this account's and this file's.
 * Throws CheckpointError.
 */
export function readCheckpoint(
  given: unknown,
  expected: { readonly appid: string; readonly size: number },
): VideoCheckpoint {
  const checkpoint = readSaved(given, {
    what: "checkpoint",
    writer: "uploadVideoMaterial",
    appid: expected.appid,
    isForm: isCheckpoint,
    cure: "Start without it, which uploads the file from its beginning.",
  }) as VideoCheckpoint;
  const { size } = checkpoint;
  if (size !== expected.size) {
    throw new CheckpointError(
      `The checkpoint is for a file of ${size} bytes, but this file has ${expected.size}. Pass the file it was written for, or start without the checkpoint.`,
      "file",
    );
  }
  return checkpoint;
}

/** Throws CheckpointError where the file is not the one that the checkpoint was written for. */
export function checkSameFile(checkpoint: VideoCheckpoint, sha1: string): void {
  if (checkpoint.sha1 === sha1) return;
  throw new CheckpointError(
    `The checkpoint is for a file with SHA-1 ${checkpoint.sha1}, but this file has ${sha1}. Pass the file it was written for, or start without the checkpoint.`,
    "file",
  );
}

function isCheckpoint(value: object): boolean {
  const { appid, vid, size, sha1, blockSize, acked, phase, media_id } = value as Partial<
    Record<keyof VideoCheckpoint, unknown>
  >;
  return (
    typeof appid === "string" &&
    typeof vid === "string" &&
    /^[\x21-\x7e]+$/.test(vid) &&
    Number.isSafeInteger(size) &&
    (size as number) > 0 &&
    typeof sha1 === "string" &&
    /^[0-9a-f]{40}$/.test(sha1) &&
    blockSize === BLOCK_BYTES &&
    isRanges(acked, countBlocks(size as number)) &&
    PHASES.includes(phase as string) &&
    (phase === "upload" || countOf(acked) === countBlocks(size as number)) &&
    (phase === "done" ? typeof media_id === "string" && media_id !== "" : media_id === undefined)
  );
}

/** Not by listing them: the size may be any. */
function countOf(acked: readonly BlockRange[]): number {
  return acked.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Ranges in order, without overlap, within the file. */
function isRanges(value: unknown, count: number): value is BlockRange[] {
  if (!Array.isArray(value)) return false;
  let next = 1;
  for (const range of value) {
    if (!Array.isArray(range) || range.length !== 2) return false;
    const [first, last] = range as [unknown, unknown];
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return false;
    if ((first as number) < next || (last as number) < (first as number)) return false;
    next = (last as number) + 1;
  }
  return next <= count + 1;
}
