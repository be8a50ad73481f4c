// A Durable Object that stores the state of a job and runs it: step by step when called, or by its alarm.

import { DurableObject } from "cloudflare:workers";
import type { OutcomeUnknownError } from "@wechat-edge/core";
import {
  type OutcomeResolution,
  type PublishJob,
  type PublishState,
  runPublishStep,
  startPublishing,
} from "@wechat-edge/mp-publish";
import { type Account, clientOf, jobOf } from "./job.ts";

/** The result of a step. */
export interface StepOutcome {
  readonly done: boolean;
  readonly waiting: boolean;
  /** Where to look, if the outcome is unknown. */
  readonly lookAt?: string;
  /** Of the unknown outcome: the answer names it. */
  readonly attempt?: string | undefined;
  /** Steps since the object was last evicted. */
  readonly inMemory: number;
}

/** What is stored. */
interface Stored {
  target: PublishJob["target"];
  state: string;
  /** All states that were stored so far, each once, without the ids of attempts. */
  states: readonly string[];
  /** The object loses its memory after storing so many new states. */
  deaths: readonly number[];
}

const PAUSE_MS = 50;

export class Publisher extends DurableObject<Account> {
  #inMemory = 0;

  async begin(target: PublishJob["target"], deaths: readonly number[]): Promise<void> {
    const state = await startPublishing(clientOf(this.env), jobOf(target));
    const stored: Stored = { target, state: JSON.stringify(state), states: [], deaths };
    await this.ctx.storage.put({ ...stored });
  }

  async start(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now());
  }

  override async alarm(): Promise<void> {
    const { done, waiting, lookAt } = await this.step();
    if (done || lookAt !== undefined) return;
    await this.ctx.storage.setAlarm(Date.now() + (waiting ? PAUSE_MS : 0));
  }

  async step(resolution?: OutcomeResolution): Promise<StepOutcome> {
    this.#inMemory += 1;
    const { target, state } = await this.#stored();
    const mp = clientOf(this.env);
    const inMemory = this.#inMemory;
    const onState = (next: PublishState) => this.#keep(next);
    try {
      const result = await runPublishStep(mp, jobOf(target), state, {
        resolution,
        maxBlocks: 1,
        onState,
      });
      return { done: result.done, waiting: result.waiting, inMemory };
    } catch (error) {
      const { code, lookAt, attempt } = error as Partial<OutcomeUnknownError>;
      if (code !== "ERR_OUTCOME_UNKNOWN" || lookAt === undefined) throw error;
      return { done: false, waiting: false, lookAt, attempt, inMemory };
    }
  }

  async state(): Promise<string> {
    return (await this.#stored()).state;
  }

  /** The first article that is added cannot be saved. */
  async breakOnce(): Promise<void> {
    await this.ctx.storage.put("breaks", true);
  }

  async save(state: string): Promise<void> {
    const { media_id, pending } = JSON.parse(state) as PublishState;
    if (media_id !== undefined && pending === undefined) {
      const breaks = await this.ctx.storage.delete("breaks");
      if (breaks) throw new Error("The store is down.");
    }
    await this.ctx.storage.put("state", state);
  }

  /** Loses its memory, as an object does after a while without calls. */
  async evict(): Promise<void> {
    this.ctx.abort("evicted");
  }

  async #keep(next: PublishState): Promise<void> {
    const { states, deaths } = await this.#stored();
    const state = JSON.stringify(next);
    await this.ctx.storage.put("state", state);
    // The same state with another try under way is no new one: the object would die at each try for ever.
    const form = state.replaceAll(/"attempt":"\w+"/g, "");
    if (states.includes(form)) return;
    await this.ctx.storage.put("states", [...states, form]);
    if (!deaths.includes(states.length + 1)) return;
    await this.ctx.storage.sync();
    this.ctx.abort("killed");
    await new Promise(() => undefined);
  }

  async #stored(): Promise<Stored> {
    const stored = await this.ctx.storage.list();
    return Object.fromEntries(stored) as unknown as Stored;
  }
}
