// A job as a Cloudflare Workflow. A Durable Object keeps its state too: an attempt of a step that was interrupted may
// have stored a later state than the last step returned.

import { WorkflowEntrypoint } from "cloudflare:workers";
import type {
  CloudflareWorkersModule,
  DurableObjectNamespace,
  Workflow,
} from "@cloudflare/workers-types";
import {
  nextPublishStep,
  type OutcomeResolution,
  type PublishJob,
  type PublishState,
  runPublishStep,
  startPublishing,
} from "@wechat-edge/mp-publish";
import { type Account, clientOf, jobOf } from "./job.ts";
import type { Publisher } from "./publisher.ts";

export interface Parameters {
  readonly target: PublishJob["target"];
}

export interface Bindings extends Account {
  readonly PUBLISHERS: DurableObjectNamespace<Publisher>;
  readonly WORKFLOWS: Workflow<Parameters>;
}

const RETRIES = { retries: { limit: 3, delay: 10, backoff: "constant" } } as const;
const PAUSE_MS = 50;

export class PublishWorkflow extends WorkflowEntrypoint<Bindings, Parameters> {
  override async run(
    { payload, instanceId }: Readonly<CloudflareWorkersModule.WorkflowEvent<Parameters>>,
    step: CloudflareWorkersModule.WorkflowStep,
  ): Promise<string> {
    const job = jobOf(payload.target);
    const mp = clientOf(this.env);
    const { PUBLISHERS } = this.env;
    const store = PUBLISHERS.get(PUBLISHERS.idFromName(instanceId));
    let text = await step.do("begin", async () => {
      const begun = JSON.stringify(await startPublishing(mp, job));
      await store.save(begun);
      return begun;
    });
    let resolution: OutcomeResolution | undefined;
    for (let turn = 1; ; turn++) {
      const name = nextPublishStep(job, JSON.parse(text) as PublishState);
      const result = await step.do(`${turn} ${name}`, RETRIES, async () => {
        const given = JSON.parse(await store.state()) as PublishState;
        try {
          const { state, done, waiting } = await runPublishStep(mp, job, given, {
            // An earlier try of this step may have used it: where the state waits for another answer, the job asks again.
            resolution: given.attempt === undefined ? undefined : resolution,
            maxBlocks: 1,
            onState: (next) => store.save(JSON.stringify(next)),
          });
          return { text: JSON.stringify(state), done, waiting, isUnknown: false };
        } catch (error) {
          if ((error as { code?: string }).code !== "ERR_OUTCOME_UNKNOWN") throw error;
          return { text: JSON.stringify(given), done: false, waiting: false, isUnknown: true };
        }
      });
      ({ text } = result);
      if (result.done) return text;
      resolution = undefined;
      if (result.isUnknown) {
        const event = await step.waitForEvent<{ resolution: OutcomeResolution }>(
          `${turn} resolution`,
          {
            type: "resolution",
            timeout: "1 day",
          },
        );
        ({ resolution } = event.payload);
      } else if (result.waiting) await step.sleep(`${turn} pause`, PAUSE_MS);
    }
  }
}
