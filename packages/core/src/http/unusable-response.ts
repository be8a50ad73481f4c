const made = new WeakSet<object>();

/** Marks an error about what fetch returned: the request was sent, and trying again would not help. */
export function unusableResponse(error: TypeError): TypeError {
  made.add(error);
  return error;
}

/** Whether an error was marked so. */
export function isUnusableResponse(error: unknown): boolean {
  return error instanceof TypeError && made.has(error);
}
