/** The members of an AbortSignal that this library uses, for programs whose types have no AbortSignal. */
interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * The AbortSignal that your program's own `fetch` takes, of the DOM library, @types/node, workers-types, Bun or Deno.
 *
 * Derived from `fetch`, because a name that a program's types do not have would be `any`, and because a class, such as
 * the AbortSignal of workers-types, is not a property of `typeof globalThis`.
 */
export type AbortSignal = typeof globalThis extends {
  fetch: (input: never, init?: { signal?: infer Signal | null }) => unknown;
}
  ? Signal extends AbortSignalLike
    ? Signal
    : AbortSignalLike
  : AbortSignalLike;
