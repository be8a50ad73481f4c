/** Wraps a callback so that its errors and rejections are ignored: a failing log must not fail a call. */
export function ignoreErrors<T>(callback: ((value: T) => void) | undefined): (value: T) => void {
  return (value) => {
    try {
      const result: unknown = callback?.(value);
      Promise.resolve(result).catch(() => undefined);
    } catch {
      // ignored, as said above
    }
  };
}
