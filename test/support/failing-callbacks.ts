const broken = new Error("The page is gone.");

/** How a callback of the caller's fails. */
export const failingCallbacks: readonly (readonly [how: string, fail: () => void])[] = [
  [
    "throws",
    () => {
      throw broken;
    },
  ],
  ["rejects", () => Promise.reject(broken) as never],
];
