import type { MpClient, PayClient } from "@wechat-edge/core";
import type { MpPlatform } from "@wechat-edge/core/mp-platform";
import type { JobRecord } from "./jobs/job-record.ts";
import type { OnceOnly } from "./jobs/once-only.ts";
import type { Step, Trouble } from "./plan.ts";
import type { Random } from "./random.ts";

/** A process with its clients. After a crash another one begins in its place, with what the stores kept. */
export interface Process {
  readonly slot: number;
  readonly pay: PayClient;
  readonly mp: MpClient;
  readonly platform: MpPlatform;
  /** A client of an account by the platform's tokens. */
  readonly platformMp: MpClient;
  /** How far its clock is off, in milliseconds. */
  skew: number;
  /** No promise of a dead process settles any more. */
  dead: boolean;
}

/** A request that arrived at WeChat, or something between. */
export interface Asked {
  readonly at: number;
  readonly kind: "token" | "certificates" | "call";
  readonly path: string;
}

/** A step under way. Everything that it causes is done in its name. */
export interface Run {
  readonly step: Step;
  readonly process: Process;
  readonly random: Random;
  readonly troubles: Trouble[];
  readonly abort: AbortController;
  readonly startedAt: number;
  readonly asked: Asked[];
  /** Calls of this run that must not be made twice. */
  readonly once: OnceOnly[];
  job: JobRecord | undefined;
  /** How many requests and keepings it has had, for troubles that wait. */
  requests: number;
  keeps: number;
  /** Troubles that have struck. */
  readonly struck: Set<Trouble>;
  /** The number of an attack under way. */
  attack: number | undefined;
  /** Whether the last reply that it got was WeChat Pay's own, and not spoilt. */
  genuine: boolean;
  /** Blocks of a video that were acknowledged when the run began. */
  readonly acked: Set<number>;
  /** How many of these were sent again. */
  resent: number;
  /** How many listeners its signal has. */
  readonly listeners: () => number;
  /** A request of a Worker that ends with its first request of this kind, whose reply nobody gets. */
  readonly worker: { readonly endsWith: Asked["kind"]; end(): void } | undefined;
  outcome: Outcome | undefined;
}

export type Outcome =
  | { readonly ok: true; readonly value: unknown; readonly at: number }
  | { readonly ok: false; readonly error: unknown; readonly at: number }
  /** Its process ended. */
  | { readonly ok: "crashed"; readonly at: number };
