/** Counts the listeners of a signal from now on. */
export function countListeners(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal) as (...args: unknown[]) => void;
  const remove = signal.removeEventListener.bind(signal) as (...args: unknown[]) => void;
  Object.assign(signal, {
    addEventListener: (...args: unknown[]) => {
      listeners.add(args[1]);
      add(...args);
    },
    removeEventListener: (...args: unknown[]) => {
      listeners.delete(args[1]);
      remove(...args);
    },
  });
  return () => listeners.size;
}
