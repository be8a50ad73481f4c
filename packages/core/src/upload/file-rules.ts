import type { Identity } from "../inspect/identify.ts";
import type { mp3Start } from "../inspect/mp3-start.ts";
import type { Sound, soundOf } from "../inspect/sound.ts";
import { checkContent } from "./content-check.ts";
import { checkDeclared, type DeclaredFile } from "./declared-check.ts";
import type { FileLimits } from "./file-limits.ts";
import type { WechatAnswers } from "./refusal.ts";

/** The files that an endpoint takes, and what it answers to others. */
export interface FileRules {
  readonly limits: FileLimits;
  readonly answers: WechatAnswers;
  /** In place of the checks of name, size and format alone. */
  readonly checks?: FileChecks | undefined;
}

/** What the bytes of a file show. */
export interface FileContent {
  readonly identity: Identity;
  /** The first bytes, which may show text in place of the file. */
  readonly head: Uint8Array;
  /** Unknown for a stream. */
  readonly sound?: Sound | undefined;
}

/** What finds and reads sounds. Calls that take none do not carry it. */
export interface SoundReaders {
  readonly findMp3: typeof mp3Start;
  readonly readSound: typeof soundOf;
}

/** The checks of a file. They throw MediaError. */
export interface FileChecks {
  /** Checks what is known before a byte is read. */
  declared(file: DeclaredFile): void;
  /** Checks the content, and returns the name to send. */
  content(file: DeclaredFile, content: FileContent): string;
  /** Where the sound is checked. */
  readonly sounds?: SoundReaders | undefined;
}

/** The checks of the rules. */
export function checksOf({ limits, answers, checks }: FileRules): FileChecks {
  if (checks !== undefined) return checks;
  return {
    declared: (file) => checkDeclared(file, limits, answers),
    content({ name }, { identity, head }) {
      checkContent(name, identity.format, limits, answers, head);
      return name;
    },
  };
}
