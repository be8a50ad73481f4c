import type { Emulator } from "@wechat-edge/emulator";
import type { JobRecord } from "./jobs/job-record.ts";
import type { Network } from "./network/network.ts";
import type { Plan } from "./plan.ts";
import type { Reports, Stores } from "./processes.ts";
import type { Run } from "./run.ts";
import type { World } from "./world/world.ts";

/** All that a seed has: WeChat, the network, stores, processes and jobs. */
export interface Simulation {
  readonly plan: Plan;
  readonly world: World;
  readonly emulator: Emulator;
  readonly network: Network;
  readonly stores: Stores;
  readonly reports: Reports;
  readonly jobs: readonly JobRecord[];
  readonly runs: Run[];
  /** The address of the account's messages, and whoever answers there now. */
  readonly address: { answer: Handler };
  /** Ends the process of a run, with everything that it was doing. */
  readonly crash: (run: Run) => void;
  /** The id of the article that a publication brought, as 发表记录 shows it. */
  readonly articleOf: (publish_id: string | undefined) => string | undefined;
}

/** A server that WeChat sends something to. */
export type Handler = (request: Request) => Promise<Response>;

/** An exported function as a step calls it. */
export interface SimulatedOperation {
  /** The most requests that it makes one after the other, for the bound of its time. */
  readonly requests: number;
  /** Whether it is one single call that must not be made twice. */
  readonly isOnceOnly?: boolean;
  run(run: Run, simulation: Simulation): unknown;
}
