/** WeChat nests no deeper than 5 levels. JSON, inspectors and clones of a value that is nested deeply fail. */
const MAX_LEVELS = 32;

/** Returns JSON that somebody else wrote as it is, but for what is nested too deeply to be written again: that is "…". */
export function shallow(value: unknown, levels: number = MAX_LEVELS): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return "…";
  if (Array.isArray(value)) return value.map((item) => shallow(item, levels - 1));
  const entries = Object.entries(value).map(([name, item]) => [name, shallow(item, levels - 1)]);
  return Object.fromEntries(entries);
}
