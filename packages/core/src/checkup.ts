/** What a check found: `unknown` where it could not be looked at, or where nothing was proven. */
export type CheckState = "passed" | "failed" | "unknown";

/** One line of a checkup. */
export interface CheckLine<Name extends string = string, Code extends string = string> {
  /** What was looked at. */
  readonly name: Name;
  readonly state: CheckState;
  /** The finding, for programs and translations; each has one `name` and one `state`. */
  readonly code: Code;
  /** What was found, in words. Never shows a key. */
  readonly found: string;
  /** What to do about it; empty if nothing. */
  readonly todo: string;
}

/** What a checkup found. Safe to log and to send to WeChat's support. */
export interface Checkup<Line extends CheckLine = CheckLine> {
  /** Whether no check failed. */
  readonly ok: boolean;
  /** One line for each check, always all of them, in the same order. */
  readonly checks: readonly Line[];
  /** How many requests were sent. */
  readonly requests: number;
  /** WeChat's id of the last request, which its support asks for. */
  readonly requestId: string | undefined;
  /** All lines, for people. */
  readonly text: string;
}

/** Joins the lines. */
export function joinChecks<Line extends CheckLine>(
  checks: readonly Line[],
  asked: { readonly requests: number; readonly requestId: string | undefined },
): Checkup<Line> {
  const ok = checks.every(({ state }) => state !== "failed");
  return { ok, checks, ...asked, text: checks.map(lineText).join("\n") };
}

function lineText({ name, state, found, todo }: CheckLine): string {
  const what = `${state.padEnd("unknown".length)} ${name}: ${found}`;
  return todo === "" ? what : `${what} ${todo}`;
}
