/** What is used of an AbortSignal, for programs whose types have none. */
interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * The AbortSignal of the program that is compiled: of the DOM library, @types/node, workers-types, Bun or Deno.
 * It is looked up in the program's own fetch, which all of them declare as a function: a class, such as that of
 * workers-types, is no property of globalThis, and a name that a program lacks would be `any` there.
 */
export type AbortSignal = typeof globalThis extends {
  fetch: (input: never, init?: { signal?: infer Signal | null }) => unknown;
}
  ? Signal extends AbortSignalLike
    ? Signal
    : AbortSignalLike
  : AbortSignalLike;
