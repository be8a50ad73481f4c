import type { MpClient, Source } from "@wechat-edge/core";
import { type AbortSignal, abortable } from "@wechat-edge/core/internal/upload";
import { sendBlock } from "../calls/videos.ts";
import { bytesOf, withBlock } from "./block-ranges.ts";
import { queueBlocks } from "./blocks.ts";
import type { StateKeeper } from "./checkpoint.ts";
import type { VideoDigests } from "./digests.ts";
import type { VideoProgress } from "./progress.ts";

/** Sends the blocks with these numbers, and saves the checkpoint after each. */
export async function sendBlocks(
  mp: MpClient,
  source: Source,
  numbers: readonly number[],
  digests: VideoDigests,
  options: StateKeeper & {
    readonly concurrency: number;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress: (progress: VideoProgress) => void;
  },
): Promise<void> {
  const { signal, onProgress, current, keep } = options;
  // It may have aborted while the first checkpoint was saved.
  signal?.throwIfAborted();
  const { vid, size: total } = current();
  const report = (): void =>
    onProgress({ phase: "upload", loaded: bytesOf(current().acked, total), total });
  // The first block that fails stops the others.
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const queue = queueBlocks(source, numbers, digests, stop.signal);
  let kept = Promise.resolve();
  const acknowledge = (part_num: number): Promise<void> => {
    kept = kept.then(() => {
      const state = current();
      return keep({ ...state, acked: withBlock(state.acked, part_num) });
    });
    return kept;
  };
  const sendInTurn = async (): Promise<void> => {
    try {
      for (;;) {
        stop.signal.throwIfAborted();
        const block = await abortable(queue.next(), stop.signal);
        if (block === undefined) return;
        await sendBlock(mp, { vid, ...block }, { signal: stop.signal });
        block.release();
        await acknowledge(block.part_num);
        report();
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  try {
    report();
    const senders = Math.min(options.concurrency, numbers.length);
    const outcomes = await Promise.allSettled(Array.from({ length: senders }, sendInTurn));
    const failed = outcomes.find(({ status }) => status === "rejected");
    if (failed !== undefined) throw stop.signal.reason;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
