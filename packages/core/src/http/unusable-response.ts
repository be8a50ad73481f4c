const made = new WeakSet();

/** Makes the error for what fetch returned: the request was sent, and trying again would not help. */
export function unusableResponse(message: string): TypeError {
  const error = new TypeError(message);
  made.add(error);
  return error;
}

/** Whether an error was made so. */
export function isUnusableResponse(error: unknown): boolean {
  return made.has(error as object);
}
