import { isWechatError } from "@wechat-edge/core";
import * as fc from "fast-check";

/** A parser of bytes from outside, inputs for it, and what must hold of each. */
export interface FuzzTarget {
  /** The parser, and where the bytes come from. */
  readonly name: string;
  /** How many inputs a run of a few seconds has, the fewer the dearer they are; other runs take a part or a multiple. */
  readonly runs: number;
  /** Runs the property on so many inputs, and throws with the shrunk one that breaks it. */
  readonly fuzz: (parameters: { seed: number; numRuns: number }) => Promise<void>;
}

/** Makes a target. `check` throws if its parser does anything but return what it promises, or throw our errors. */
export function fuzzTarget<Input>(
  name: string,
  runs: number,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => Promise<void> | void,
): FuzzTarget {
  return {
    name,
    runs,
    fuzz: async (parameters) => {
      const property = fc.asyncProperty(inputs, async (input) => check(input));
      const details = await fc.check(property, parameters);
      if (!details.failed) return;
      const { seed, counterexamplePath, counterexample, errorInstance } = details;
      throw new Error(
        `${name} fails after ${details.numRuns} inputs (seed ${seed}, path ${counterexamplePath}) for ${shown(counterexample?.[0])}`,
        { cause: errorInstance },
      );
    },
  };
}

/** What a parser returned, or our error that it threw. Any other error is thrown again. */
export async function outcomeOf<Result>(
  run: () => Promise<Result> | Result,
  codes?: readonly string[],
): Promise<{ readonly value: Result } | { readonly code: string }> {
  try {
    return { value: await run() };
  } catch (error) {
    if (!isWechatError(error)) throw error;
    if (codes !== undefined && !codes.includes(error.code)) {
      throw new Error(`Threw ${error.code}, which is none of ${codes.join(", ")}.`, {
        cause: error,
      });
    }
    return { code: error.code };
  }
}

/** Throws unless a condition holds. */
export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

const MAX_SHOWN = 4000;

/** An input in one line: bytes as base64. */
function shown(input: unknown): string {
  const text =
    input instanceof Uint8Array
      ? `${input.length} bytes, base64 ${Buffer.from(input).toString("base64")}`
      : fc.stringify(input);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
