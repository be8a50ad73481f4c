const DEEPEST = 6;

/** All the texts in a value: of an error its message, its fields and its causes, and where a cause says it was made. */
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
      if (depth > 0) texts.push(value.stack ?? "");
    }
    // Of an error the message, the stack and the cause are among them.
    for (const name of Reflect.ownKeys(value)) {
      if (name === "stack" || name === "message") continue;
      if (typeof name === "string") texts.push(name);
      collect(Reflect.get(value, name), texts, seen, depth + 1);
    }
  } catch {
    // a Proxy that does not let anybody look
  }
}
