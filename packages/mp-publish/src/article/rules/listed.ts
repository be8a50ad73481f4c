import type { HtmlTag } from "../../html/html-facts.ts";

/** Shortened, so that a message stays readable. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 60)}…` : text;
}

/** The first three of a list, and how many others there are. */
export function listed(texts: readonly string[]): string {
  const first = texts.slice(0, 3).map(shortened);
  const others = texts.length - first.length;
  return `${first.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
}

/** How often something is there, and where first. */
export function counted(tags: readonly HtmlTag[]): string {
  const at = tags[0]?.start;
  const where =
    at === undefined ? "" : `, ${tags.length === 1 ? "at" : "first at"} character ${at}`;
  return `${tags.length === 1 ? "once" : `${tags.length} times`}${where}`;
}
