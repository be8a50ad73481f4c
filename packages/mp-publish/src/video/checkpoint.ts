import { firstVersionAttempt } from "../attempt.ts";
import { isId } from "../calls/call-api.ts";
import { BLOCK_BYTES } from "../calls/video-limits.ts";
import { CheckpointError } from "../errors.ts";
import { readSaved } from "../saved.ts";
import { type BlockRange, countBlocks } from "./block-ranges.ts";

/** The state of a video's upload: small JSON, to be saved and passed to the next call. */
export interface VideoCheckpoint {
  /** Version of this form. */
  readonly v: 2;
  readonly appid: string;
  /** WeChat's id of the upload. */
  readonly vid: string;
  /** Bytes of the file. */
  readonly size: number;
  /** SHA-1 of the file in lower-case hexadecimal. */
  readonly sha1: string;
  /** Bytes of a block. */
  readonly blockSize: number;
  /** Blocks that WeChat has acknowledged. */
  readonly acked: readonly BlockRange[];
  /** `finish` and `save` are set before their request is sent, so WeChat may have carried it out. */
  readonly phase: "upload" | "finish" | "finished" | "save" | "done";
  /** Id of the one request that saves the video, if the phase is `save`: an answer about its outcome names it. */
  readonly attempt?: string;
  /** There if the phase is `done`. */
  readonly media_id?: string;
}

/** Holds and saves the state of an upload. */
export interface StateKeeper {
  readonly current: () => VideoCheckpoint;
  readonly keep: (next: VideoCheckpoint) => Promise<void>;
}

const PHASES = ["upload", "finish", "finished", "save", "done"];

/** Reads a checkpoint or its JSON. Throws CheckpointError if it is damaged, or for another account or file size. */
export function readCheckpoint(
  given: unknown,
  expected: { readonly appid: string; readonly size: number },
): VideoCheckpoint {
  const checkpoint = readSaved(given, {
    what: "checkpoint",
    writer: "uploadVideoMaterial",
    appid: expected.appid,
    migrate: withAttempt,
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

/** Throws CheckpointError if the checkpoint is for another file. */
export function checkSameFile(checkpoint: VideoCheckpoint, sha1: string): void {
  if (checkpoint.sha1 === sha1) return;
  throw new CheckpointError(
    `The checkpoint is for a file with SHA-1 ${checkpoint.sha1}, but this file has ${sha1}. Pass the file it was written for, or start without the checkpoint.`,
    "file",
  );
}

/** A checkpoint of version 1 with an id for the save that it left under way. */
function withAttempt(given: Record<string, unknown>): Record<string, unknown> {
  const { attempt: _, ...first } = given;
  const { phase } = first;
  return phase === "save" ? { ...first, attempt: firstVersionAttempt(phase) } : first;
}

function isCheckpoint(value: object): boolean {
  const { appid, vid, size, sha1, blockSize, acked, phase, attempt, media_id } = value as Partial<
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
    (phase === "save" ? isId(attempt) : attempt === undefined) &&
    (phase === "done" ? isId(media_id) : media_id === undefined)
  );
}

/** Blocks in the ranges. It does not list them, because a damaged checkpoint may have any size. */
function countOf(acked: readonly BlockRange[]): number {
  return acked.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Whether a value is a list of ranges in order, without overlap, within the file. */
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
