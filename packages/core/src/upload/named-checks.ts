import { MediaError } from "../errors.ts";
import type { Sound } from "../inspect/sound.ts";
import { checkContent, checkFormat } from "./content-check.ts";
import { nameByContent } from "./content-name.ts";
import { checkBeforeNaming, checkDeclared } from "./declared-check.ts";
import type { FileLimits } from "./file-limits.ts";
import type { FileChecks, SoundReaders } from "./file-rules.ts";
import { extensionOf } from "./name-check.ts";
import type { WechatAnswers } from "./refusal.ts";

/** What reads sounds, and the check of what it reads, which throws MediaError. */
export interface SoundChecks<Limits extends FileLimits> extends SoundReaders {
  readonly check: (name: string, sound: Sound, limits: Limits, answers: WechatAnswers) => void;
}

/** What {@link namedChecks} goes by. */
interface NamedRules<Limits extends FileLimits> {
  readonly limits: Limits;
  readonly answers: WechatAnswers;
  /** Of a call that takes sounds. */
  readonly sounds?: SoundChecks<Limits> | undefined;
  /** The profile that an error names where it takes what these limits refuse. */
  readonly profile: readonly [name: string, limits: Limits];
}

/** Checks under which a name whose extension is not accepted gets that of the content, and sounds have their seconds. */
export function namedChecks<Limits extends FileLimits>({
  limits,
  answers,
  sounds,
  profile: [profile, standard],
}: NamedRules<Limits>): FileChecks {
  /** Runs a check. An error of it names the profile that passes it. */
  const checked = <T>(check: (limits: Limits) => T): T => {
    try {
      return check(limits);
    } catch (error) {
      if (!(error instanceof MediaError) || !passes(() => check(standard))) throw error;
      const { message, reason, expected, actual, answer, option } = error;
      const about = { reason, expected, actual, answer, option };
      throw new MediaError(`${message} Or set limits to "${profile}", which takes it.`, about);
    }
  };
  return {
    sounds,
    declared: (file) => checked((under) => checkBeforeNaming(file, under, answers)),
    content: ({ name, size }, { identity, head, sound }) =>
      checked((under) => {
        const sent = nameByContent(name, identity, under);
        // No name helps what is not accepted.
        if (extensionOf(sent) === "") checkFormat(sent, identity.format, under, answers, head);
        checkDeclared({ name: sent, size }, under, answers);
        checkContent(sent, identity.format, under, answers, head);
        if (sound !== undefined) sounds?.check(sent, sound, under, answers);
        return sent;
      }),
  };
}

function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
