import { MediaError } from "../errors.ts";
import type { Identity } from "../inspect/identify.ts";
import type { Sound } from "../inspect/sound.ts";
import {
  checkBeforeNaming,
  checkContent,
  checkDeclared,
  checkFormat,
  type DeclaredFile,
  extensionOf,
  type FileLimits,
  type WechatAnswers,
} from "./check.ts";
import { nameByContent } from "./content-name.ts";

/** The files that an endpoint takes, and what it answers to others. */
export interface FileRules<Limits extends FileLimits = FileLimits> {
  readonly limits: Limits;
  readonly answers: WechatAnswers;
  /** Whether a name whose extension is not accepted gets that of the content. */
  readonly namedByContent?: boolean | undefined;
  /** Checks the duration, which is unknown for a stream. Throws MediaError. */
  checkSound?(name: string, sound: Sound, limits: Limits): void;
  /** The profile that an error names where it takes what these limits refuse. */
  readonly profile?: readonly [name: string, limits: Limits] | undefined;
}

/** What the bytes of a file show. */
interface Content {
  readonly identity: Identity;
  /** The first bytes, which may show text in place of the file. */
  readonly head: Uint8Array;
  readonly sound?: Sound | undefined;
}

/** Checks what is known of a file before a byte is read. Throws MediaError. */
export function acceptsDeclared(rules: FileRules, file: DeclaredFile): void {
  const check = rules.namedByContent === true ? checkBeforeNaming : checkDeclared;
  underProfiles(rules, (limits) => check(file, limits, rules.answers));
}

/** Checks a file by its content, and returns the name to send. Throws MediaError. */
export function acceptsContent(
  rules: FileRules,
  { name, size }: DeclaredFile,
  { identity, head, sound }: Content,
): string {
  const { answers, namedByContent } = rules;
  return underProfiles(rules, (limits) => {
    if (namedByContent !== true) {
      checkContent(name, identity.format, limits, answers, head);
      if (sound !== undefined) rules.checkSound?.(name, sound, limits);
      return name;
    }
    const sent = nameByContent(name, identity, limits);
    // No name helps what is not accepted.
    if (extensionOf(sent) === "") checkFormat(sent, identity.format, limits, answers, head);
    checkDeclared({ name: sent, size }, limits, answers);
    checkContent(sent, identity.format, limits, answers, head);
    if (sound !== undefined) rules.checkSound?.(sent, sound, limits);
    return sent;
  });
}

/** Runs a check. An error of it names the profile that passes it. */
function underProfiles<T>(rules: FileRules, check: (limits: FileLimits) => T): T {
  try {
    return check(rules.limits);
  } catch (error) {
    const [profile, limits] = rules.profile ?? [];
    if (limits === undefined || !(error instanceof MediaError) || !passes(check, limits)) {
      throw error;
    }
    const { reason, expected, actual, answer, option } = error;
    throw new MediaError(`${error.message} Or set limits to "${profile}", which takes it.`, {
      reason,
      expected,
      actual,
      answer,
      option,
    });
  }
}

function passes(check: (limits: FileLimits) => unknown, limits: FileLimits): boolean {
  try {
    check(limits);
    return true;
  } catch {
    return false;
  }
}
