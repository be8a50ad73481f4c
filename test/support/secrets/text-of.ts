const DEEPEST = 6;
/** Where the places begin in a stack. */
const PLACES = /\n\s+at |\n[^\n]*@\S+:\d+/;

/** All the texts in a value: of an error its message, its fields and its causes too. */
export function textOf(value: unknown): string {
  const texts: string[] = [];
  collect(value, texts, new Set(), 0);
  return texts.join("\n");
}

function collect(value: unknown, texts: string[], seen: Set<unknown>, depth: number): void {
  if (typeof value === "string") texts.push(value);
  if (typeof value !== "object" || value === null || depth > DEEPEST || seen.has(value)) return;
  seen.add(value);
  try {
    if (value instanceof Error) {
      texts.push(value.message);
      // A message may have been changed after its stack was made.
      if (depth > 0) texts.push(value.stack?.split(PLACES, 1)[0] ?? "");
      collect(value.cause, texts, seen, depth + 1);
    }
    for (const each of Object.values(value)) collect(each, texts, seen, depth + 1);
  } catch {
    // a Proxy that does not let anybody look
  }
}
