import type { Cell, Row } from "./cell.ts";
import { IDS_AS_NUMBERS } from "./faults.ts";
import type { Target } from "./target.ts";

/** What a caller knows after a call, by its kind and its error. */
export type Knowledge = "done" | "not done" | "unknown" | "unchanged" | "repeat";

/** What each of them means, in words. */
export const knowledgeTexts: Readonly<Record<Knowledge, string>> = {
  done: "it is done",
  "not done": "it was not done",
  unknown: "perhaps it was done: look before you repeat it",
  unchanged: "nothing was changed",
  repeat: "perhaps it was done; to repeat it does no harm",
};

export function knowledgeOf({ kind, request }: Target, { code }: Cell): Knowledge {
  if (code === undefined) return "done";
  if (kind === "reads") return "unchanged";
  if (kind === "may be repeated") return "repeat";
  const isPay = request.path.startsWith("/v3/");
  // A SignatureError of a POST says so, too: somebody may be forging replies.
  return code === "ERR_OUTCOME_UNKNOWN" || (isPay && code === "ERR_SIGNATURE")
    ? "unknown"
    : "not done";
}

/** Where a call that must be done once was done twice, or the caller believes what is not so. */
export function falsehoods({ target, named, once, forEver }: Row): string[] {
  if (target.kind !== "once") return [];
  const goesOn = ["publishArticle", "uploadVideoMaterial"].includes(target.call);
  if (goesOn && named.name === IDS_AS_NUMBERS) return [];
  return [once, forEver].flatMap((cell) => {
    const known = knowledgeOf(target, cell);
    const isTrue = known === "unknown" ? cell.done <= 1 : cell.done === (known === "done" ? 1 : 0);
    const times = cell.done === 1 ? "once" : `${cell.done} times`;
    return isTrue ? [] : [`${named.name}: ${cell.outcome}, but WeChat has done it ${times}`];
  });
}
