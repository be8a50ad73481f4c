import { given as describe, shown } from "@wechat-edge/core/internal/upload";
import { CheckpointError } from "./errors.ts";

/** A checkpoint or the state of a job, as it was saved. */
interface Saved {
  readonly v: 2;
  readonly appid: string;
}

/**
 * Reads a saved object or its JSON, in the form of version 2. Throws CheckpointError if `isForm` is false, or if it is
 * for another account.
 */
export function readSaved(
  kept: unknown,
  about: {
    /** Its name in messages: `checkpoint`. */
    readonly what: string;
    /** The function that wrote it. */
    readonly writer: string;
    readonly appid: string;
    /** The form of version 2 of what version 1 wrote. */
    readonly migrate: (first: Record<string, unknown>) => Record<string, unknown>;
    readonly isForm: (value: Record<string, unknown>) => boolean;
    /** What to do about any of the errors, in a sentence. */
    readonly cure: string;
  },
): Saved {
  const { what, writer, appid, migrate, isForm, cure } = about;
  const parsed = parse(kept, what, cure);
  if (parsed["v"] !== 1 && parsed["v"] !== 2) {
    throw new CheckpointError(
      `The ${what} has version ${shown(parsed["v"])}; this version of the library reads versions 1 and 2. ${cure}`,
      "version",
    );
  }
  const value = parsed["v"] === 1 ? { ...migrate(parsed), v: 2 } : parsed;
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
