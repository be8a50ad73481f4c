import { isWechatError } from "@wechat-edge/core";
import type { JournalEntry } from "@wechat-edge/emulator";
import type { NamedFault } from "./faults.ts";
import { type Kit, kitOf, type Place } from "./kit.ts";
import type { Call, Target } from "./target.ts";

/** A fault at a call's request. */
export interface Row {
  readonly target: Target;
  readonly named: NamedFault;
  readonly once: Cell;
  readonly forEver: Cell;
}

/** How often a fault strikes: the next requests are answered, or none is. */
export type Times = "once" | "for ever";

/** What happened to a call at whose request a fault was. */
export interface Cell {
  /** The error's code with what tells it apart, `succeeds`, or what a check found. */
  readonly outcome: string;
  /** The code alone. */
  readonly code: string | undefined;
  readonly retryable: boolean;
  /** Requests of the target that reached the server. */
  readonly requests: number;
  /** How often WeChat carried out the request. */
  readonly done: number;
}

/** A call that is ready, in a place of its own. */
interface Ready {
  readonly kit: Kit;
  readonly call: Call;
}

async function readyIn(place: Place, target: Target): Promise<Ready> {
  const kit = kitOf(place);
  return { kit, call: await target.begin(kit) };
}

/**
 * Runs a call with each fault in turn. What was prepared serves all of them, unless the call uses it up.
 *
 * @param placeOf - makes an emulator, or makes it as new
 */
export async function runCells(
  placeOf: () => Place,
  target: Target,
  faults: readonly NamedFault[],
): Promise<Row[]> {
  let ready: Ready | undefined;
  const run = async (named?: NamedFault, times: Times = "once"): Promise<Cell> => {
    if (target.usesUp === true) ready = undefined;
    ready ??= await readyIn(placeOf(), target);
    return runCell(ready, target, named, times);
  };
  const plain = await run();
  const rows: Row[] = [];
  for (const named of faults) {
    const once = await run(named, "once");
    // A call that asked once met the fault with all its requests.
    const forEver = once.requests <= 1 ? once : await run(named, "for ever");
    // A client that holds a dead token would ask once more at the next fault.
    if (named.fault?.kind === "token-killed") ready = undefined;
    rows.push({ target, named, once, forEver });
  }
  const after = await run();
  if (JSON.stringify(after) !== JSON.stringify(plain) || plain.done !== 1) {
    const found = JSON.stringify([plain, after]);
    throw new Error(`${nameOf(target)} without a fault, before and after: ${found}`);
  }
  return rows;
}

/** A call and its request, in words. */
export function nameOf({ call, at }: Target): string {
  return at === undefined ? call : `${call} (${at})`;
}

async function runCell(
  { kit, call }: Ready,
  target: Target,
  named: NamedFault | undefined,
  times: Times,
): Promise<Cell> {
  const { control } = kit;
  control.faults.clear();
  control.journal.clear();
  kit.onReply = (_, __, reply) => reply;
  if (named !== undefined) strike(kit, target, named, times);
  const { value, error } = await call().then(
    (result: unknown) => ({ value: result, error: undefined }),
    (thrown: unknown) => ({ value: undefined, error: thrown }),
  );
  const { request, deed = request } = target;
  const entries = control.journal.entries();
  const requests = entries.filter((entry) => isOf(entry, request)).length;
  const done = entries.filter(
    (entry) =>
      isOf(entry, deed) &&
      entry.code === undefined &&
      (entry.status ?? 200) < 300 &&
      (entry.fault === undefined || named?.carriedOut === true),
  ).length;
  return { ...outcomeOf(value, error), requests, done };
}

function isOf({ path, action }: JournalEntry, request: Target["request"]): boolean {
  return path === request.path && (request.action === undefined || request.action === action);
}

function strike(kit: Kit, target: Target, named: NamedFault, times: Times): void {
  const { fault, replace } = named;
  const { path, action } = target.request;
  if (fault !== undefined) {
    const match = { path, ...(action !== undefined && { action }) };
    kit.control.faults.add({ ...fault, match, times: times === "once" ? 1 : 0 });
  }
  if (replace === undefined) return;
  let left = times === "once" ? 1 : Number.POSITIVE_INFINITY;
  kit.onReply = (pathname, its, reply) => {
    if (pathname !== path || (action !== undefined && action !== its) || left <= 0) return reply;
    left -= 1;
    return replace(reply);
  };
}

function outcomeOf(value: unknown, error: unknown): Pick<Cell, "outcome" | "code" | "retryable"> {
  if (error === undefined) return { outcome: successOf(value), code: undefined, retryable: false };
  if (!isWechatError(error)) throw error as Error;
  const { code, retryable } = error;
  const found = error as unknown as Record<string, unknown>;
  const details = ["status", "errcode", "reason", "apiCode"]
    .map((name) => found[name])
    .filter((each) => each !== undefined && each !== 200)
    .map(String);
  return { outcome: [`\`${code}\``, ...details].join(" "), code, retryable };
}

/** A check returns what it found. */
function successOf(value: unknown): string {
  const { checks } = (value ?? {}) as { checks?: readonly { state: string; code: string }[] };
  if (checks === undefined) return "succeeds";
  const codes = checks.filter(({ state }) => state !== "passed").map(({ code }) => code);
  return codes.length === 0 ? "reports no fault" : `reports ${codes[0]}`;
}
