import { given as describe, shown } from "@wechat-edge/core/internal/upload";
import { CheckpointError } from "./errors.ts";

/** A checkpoint or the state of a job, as it was saved. */
interface Saved {
  readonly v: 1;
  readonly appid: string;
}

/** Reads a saved object or its JSON. Throws CheckpointError if `isForm` is false, or if it is for another account. */
export function readSaved(
  kept: unknown,
  about: {
    /** Its name in messages: `checkpoint`. */
    readonly what: string;
    /** The function that wrote it. */
    readonly writer: string;
    readonly appid: string;
    readonly isForm: (value: Record<string, unknown>) => boolean;
    /** What to do about any of the errors, in a sentence. */
    readonly cure: string;
  },
): Saved {
  const { what, writer, appid, isForm, cure } = about;
  const value = parse(kept, what, cure);
  if (value["v"] !== 1) {
    throw new CheckpointError(
      `The ${what} has version ${shown(value["v"])}; this version of the library reads version 1. ${cure}`,
      "version",
    );
  }
  if (!isForm(value)) {
    throw new CheckpointError(
      `The ${what} is damaged: its fields are not those that ${writer} writes. ${cure}`,
      "malformed",
    );
  }
  const saved = value as unknown as Saved;
  if (saved.appid === appid) return saved;
  throw new CheckpointError(
    `The ${what} is for account ${saved.appid}, but the client is for ${appid}. ${cure}`,
    "account",
  );
}

function parse(kept: unknown, what: string, cure: string): Record<string, unknown> {
  let value = kept;
  if (typeof kept === "string") {
    try {
      value = JSON.parse(kept);
    } catch (cause) {
      throw new CheckpointError(`The ${what} is not JSON. ${cure}`, "malformed", cause);
    }
  }
  if (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !("then" in value) // a promise that was not awaited
  ) {
    return value as Record<string, unknown>;
  }
  if (value === null) {
    const message = `The ${what} must be an object or its JSON, not null. To begin anew, leave it out.`;
    throw new CheckpointError(message, "malformed");
  }
  throw new CheckpointError(
    `The ${what} must be an object or its JSON, not ${describe(value)}. ${cure}`,
    "malformed",
  );
}
