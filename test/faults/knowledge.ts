import type { Cell, Row } from "./cell.ts";
import { IDS_AS_NUMBERS, type NamedFault } from "./faults.ts";
import type { Target } from "./target.ts";

/** What a caller knows after a call, by its kind and its error. */
export type Knowledge = "done" | "not done" | "unknown" | "unchanged" | "repeat" | "went on";

/** What each of them means, in words. */
export const knowledgeTexts: Readonly<Record<Knowledge, string>> = {
  done: "it is done",
  "not done": "it was not done",
  unknown: "perhaps it was done: look before you repeat it",
  unchanged: "nothing was changed",
  repeat: "perhaps it was done; to repeat it does no harm",
  "went on": "it is done, and its next request, with that number for an id, was refused",
};

export function knowledgeOf(target: Target, { code }: Cell, { name }: NamedFault): Knowledge {
  const { kind, request } = target;
  if (code === undefined) return "done";
  // What goes on keeps the id in its state.
  if (kind === "once" && target.call === "publishArticle" && name === IDS_AS_NUMBERS)
    return "went on";
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
  return [once, forEver].flatMap((cell) => {
    const known = knowledgeOf(target, cell, named);
    const isDone = known === "done" || known === "went on";
    const isTrue = known === "unknown" ? cell.done <= 1 : cell.done === (isDone ? 1 : 0);
    const times = cell.done === 1 ? "once" : `${cell.done} times`;
    return isTrue ? [] : [`${named.name}: ${cell.outcome}, but WeChat has done it ${times}`];
  });
}
