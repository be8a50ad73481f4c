// Checkpoints that are anything at all, or nearly what they should be.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  details,
  MIB,
  sha1Of,
  videoBytes,
  videoInProcess,
} from "../../../../test/support/video.ts";
import type { VideoCheckpoint } from "../../src/video/checkpoint.ts";
import { uploadVideoMaterial } from "../../src/video/upload.ts";

const SEED = 20_261_122;
const bytes = videoBytes(MIB + 5);
const file = new File([bytes], "film.mp4");
const sha1 = await sha1Of(bytes);

/** An upload of which the first block has been sent, and the checkpoint that says so. */
async function begun() {
  const upload = videoInProcess();
  const { mp, emulator, keep, last } = upload;
  const match = { action: "upload_block" };
  emulator.control.faults.add({ kind: "reply-json", body: { ret: 1 }, match });
  await failure(uploadVideoMaterial(mp, details, file, { sha1, ...keep }));
  const checkpoint = { ...last(), acked: [] };
  const first = await uploadVideoMaterial(mp, details, file, { sha1, maxBlocks: 1, checkpoint });
  if (first.done) throw new Error("It is done.");
  return { ...upload, checkpoint: first.checkpoint };
}

/**
 * What may come of an upload with a wrong checkpoint: it is refused; it does no harm, and the file is
 * whole; WeChat refuses what it claims, and nothing is saved; or it says that a save is in doubt, or
 * is done, which is the caller's to say.
 */
async function expectHarmless(
  { mp, videos }: Awaited<ReturnType<typeof begun>>,
  given: unknown,
): Promise<string> {
  const checkpoint = given as VideoCheckpoint;
  const outcome: unknown = await uploadVideoMaterial(mp, details, file, { sha1, checkpoint }).catch(
    (error: unknown) => error,
  );
  const saved = videos().filter(({ mediaIds }) => mediaIds.length > 0);
  if (outcome instanceof Error) {
    const { code } = outcome as unknown as { code: string };
    expect(["ERR_CHECKPOINT", "ERR_MP_API", "ERR_OUTCOME_UNKNOWN"], String(outcome)).toContain(
      code,
    );
    expect(saved).toEqual([]);
    return code;
  }
  expect(outcome).toMatchObject({ done: true });
  if (saved.length === 0) {
    const read = typeof given === "string" ? JSON.parse(given) : given;
    expect(read).toMatchObject({ phase: "done" });
    expect(outcome).toMatchObject({ media_id: read.media_id });
    return "said to be done";
  }
  expect(saved).toMatchObject([{ receivedSha1: sha1 }]);
  return "whole";
}

const FIELDS = "v appid vid size sha1 blockSize acked phase attempt media_id".split(" ");
const number = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(MIB, MIB + 5, 2 * MIB + 5, 2 ** 31, 2 ** 53 - 1, 1e300, -0, 0.5, Number.NaN),
);
const texts = ["upload", "finish", "finished", "save", "done", "", "wxv_1", "\ud800", undefined];
const anything = fc.oneof(
  number,
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 3 }),
  fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
    maxLength: 2,
  }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.anything({ withNullPrototype: true }),
);

describe("a checkpoint", () => {
  it(`that is any value or text is refused before a request (seed ${SEED})`, async () => {
    const { mp, calls } = videoInProcess();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.anything({ withNullPrototype: true }).filter((value) => value !== undefined),
          fc.json(),
          fc.string({ unit: "binary" }),
          fc
            .tuple(fc.constantFrom(1, 2), fc.dictionary(fc.constantFrom(...FIELDS), anything))
            .map(([v, some]) => ({ v, ...some })),
        ),
        async (checkpoint) => {
          const upload = uploadVideoMaterial(mp, details, file, {
            checkpoint: checkpoint as never,
          });
          expect(await failure(upload)).toMatchObject({ code: "ERR_CHECKPOINT" });
        },
      ),
      { seed: SEED, numRuns: 1000 },
    );
    expect(calls()).toEqual([]);
  });

  it(`with fields of any value does no harm (seed ${SEED})`, { timeout: 60_000 }, async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc
            .tuple(fc.constantFrom(...FIELDS), anything)
            .map((field) => Object.fromEntries([field])),
          fc.dictionary(fc.constantFrom(...FIELDS), anything, { minKeys: 1, maxKeys: 3 }),
        ),
        async (change) => {
          const upload = await shared(seen);
          const outcome = await expectHarmless(upload, { ...upload.checkpoint, ...change });
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
    // Otherwise the fuzz has not come past the first check.
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(["ERR_CHECKPOINT", "ERR_MP_API", "whole"]),
    );
  });

  it(`with letters of its text changed does no harm (seed ${SEED})`, {
    timeout: 60_000,
  }, async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9999 }),
        fc.constantFrom(0, 1),
        fc.constantFrom("", "0", "1", "3", '"', "[", "]", ",", "a", "x", "}", "\\", "é"),
        async (place, cut, put) => {
          const upload = await shared(seen);
          const text = JSON.stringify(upload.checkpoint);
          const at = Math.floor((place / 10_000) * text.length);
          const outcome = await expectHarmless(
            upload,
            text.slice(0, at) + put + text.slice(at + cut),
          );
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        },
      ),
      { seed: SEED, numRuns: 250 },
    );
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(["ERR_CHECKPOINT", "ERR_MP_API", "whole"]),
    );
  });
});

let current: ReturnType<typeof begun> | undefined;
let used = 0;

/** A new upload once something has reached WeChat: most checkpoints do not come so far. */
async function shared(seen: ReadonlyMap<string, number>): ReturnType<typeof begun> {
  const reached = [...seen]
    .filter(([outcome]) => outcome !== "ERR_CHECKPOINT")
    .reduce((sum, [, count]) => sum + count, 0);
  if (current === undefined || reached !== used) current = begun();
  used = reached;
  return current;
}
