/**
 * Returns a feature of the runtime, or undefined. A feature that throws when it is looked at or first used counts as
 * missing: Next.js's edge sandbox has a `process` whose functions throw, and a page's policy may forbid a global.
 */
export function feature<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
