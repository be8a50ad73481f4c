import type { Kit } from "./kit.ts";

/** A request of a call, at which faults are tried. */
export interface Target {
  /** The exported function. */
  readonly call: string;
  /** Which of its requests, where it makes several. */
  readonly at?: string;
  /** Whether it only reads, may be repeated, or must be done once. */
  readonly kind: "reads" | "may be repeated" | "once";
  readonly request: { readonly path: string; readonly action?: string };
  /** The request that must be done once, where the faults are at another one. */
  readonly deed?: { readonly path: string };
  /** Whether a second call would find another state, so that each is prepared anew. */
  readonly usesUp?: boolean;
  /** Makes what the call needs, and returns the call. */
  begin(kit: Kit): Call | Promise<Call>;
}

export type Call = () => Promise<unknown>;

/** Reads a body to its end: a fault within it shows only there. */
export async function readToEnd(download: unknown): Promise<unknown> {
  const { body } = download as { body?: ReadableStream<Uint8Array> };
  const reader = body?.getReader();
  while (reader !== undefined && !(await reader.read()).done);
  return download;
}
