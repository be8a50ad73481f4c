/** The value that a table has for a name that somebody else wrote: `constructor` and the like are in no table. */
export function own<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
