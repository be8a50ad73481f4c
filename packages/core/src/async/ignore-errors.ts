/** Calls back, and ignores what that throws or rejects with: no call is lost to its log. */
export function ignoreErrors<T>(callback: ((value: T) => void) | undefined): (value: T) => void {
  return (value) => {
    try {
      const result: unknown = callback?.(value);
      Promise.resolve(result).catch(() => undefined);
    } catch {
      // as said above
    }
  };
}
