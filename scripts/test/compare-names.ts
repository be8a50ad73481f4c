/**
 * Compares which tests the runtimes ran. Returns a line for each test that did not run equally often
 * in all of them; the order does not matter.
 */
export function compareNames(namesByRuntime: ReadonlyMap<string, readonly string[]>): string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const [runtime, names] of namesByRuntime) {
    for (const name of names) {
      const byRuntime = counts.get(name) ?? new Map<string, number>();
      byRuntime.set(runtime, (byRuntime.get(runtime) ?? 0) + 1);
      counts.set(name, byRuntime);
    }
  }
  const runtimes = [...namesByRuntime.keys()];
  const differences: string[] = [];
  for (const [name, byRuntime] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const most = Math.max(...byRuntime.values());
    const lacking = runtimes.filter((runtime) => (byRuntime.get(runtime) ?? 0) < most);
    if (lacking.length > 0) differences.push(`${name} — not in ${lacking.join(", ")}`);
  }
  return differences;
}
