import type { Evidence } from "../http/evidence.ts";
import type { JournalEntry } from "../journal/journal.ts";
import { isMpPath } from "../mp/paths.ts";
import { type KnownCall, knownCalls } from "./known-calls.ts";

/** Why a request was refused. */
export interface Reason {
  /** WeChat's text, or ours if it has none. */
  words: string;
  /** How it is known that WeChat answers this; absent if a fault was applied. */
  evidence?: Evidence;
  /** The document that describes the call. */
  source?: string;
}

/** Errors of any call, regardless of the evidence of its own errors. */
const GENERAL: Readonly<Record<string, Evidence>> = {
  INVALID_REQUEST: "reported",
  40001: "documented",
  40014: "assumed",
  40125: "reported",
  41001: "documented",
  42001: "documented",
  45009: "documented",
  45011: "documented",
  48001: "documented",
};

const WITHOUT_TEXT: Readonly<Record<number, string>> = {
  404: "There is no such path.",
  405: "This path takes another method.",
  412: "The body is chunked; WeChat requires a Content-Length.",
  413: "The body is larger than maxBodyBytes.",
};

const EMPTY_EVIDENCE: Readonly<Record<number, Evidence>> = { 404: "reported", 405: "reported" };

export const isRefused = ({ code, status = 0, fault }: JournalEntry): boolean =>
  code !== undefined || status >= 400 || (status === 0 && fault !== undefined);

function callOf({ path, action }: JournalEntry): KnownCall | undefined {
  const steps = path.split("/");
  return knownCalls.find((call) => {
    const known = call.path.split("/");
    const same = known.every((step, at) => step.startsWith(":") || step === steps[at]);
    return same && known.length === steps.length && (call.action ?? action) === action;
  });
}

/** The message of Pay, or the errmsg of the Official Account without hint and rid. */
function wordsOf(answer: string | undefined): string | undefined {
  try {
    const { message, errmsg } = JSON.parse(answer ?? "") as Record<string, unknown>;
    const words = message ?? errmsg;
    return typeof words === "string"
      ? words.replace(/( hint: \[.*\])?( rid: \S+)?$/, "")
      : undefined;
  } catch {
    return undefined;
  }
}

/** Why a request was refused, from the journal and the answer. */
export function reasonOf(entry: JournalEntry, answer: string | undefined): Reason | undefined {
  if (!isRefused(entry)) return undefined;
  const { code, status, fault, path } = entry;
  const call = callOf(entry);
  const words =
    wordsOf(answer) ??
    (fault === undefined ? WITHOUT_TEXT[status ?? 0] : undefined) ??
    (status === undefined ? "The connection was closed without an answer." : "");
  if (fault !== undefined) return { words };
  // Chunked: reported for the hosts of the Official Account; Pay refuses on request only.
  const chunked = status === 412 && isMpPath(path) ? "reported" : undefined;
  const general =
    code === undefined ? (chunked ?? EMPTY_EVIDENCE[status ?? 0] ?? "assumed") : GENERAL[code];
  const evidence = general ?? call?.evidence.errors ?? "assumed";
  return { words, evidence, ...(call && { source: call.source }) };
}
