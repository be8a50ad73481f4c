// A Worker that publishes by a Workflow, or by a Durable Object.

import type { OutcomeResolution, PublishJob } from "@wechat-edge/mp-publish";
import type { Bindings } from "./workflow.ts";

export { Publisher } from "./publisher.ts";
export { PublishWorkflow } from "./workflow.ts";

/** The body of a request. */
export interface Command {
  readonly id: string;
  readonly call:
    | "create"
    | "status"
    | "tell"
    | "begin"
    | "start"
    | "step"
    | "evict"
    | "state"
    | "break";
  readonly target?: PublishJob["target"];
  readonly resolution?: OutcomeResolution;
  readonly deaths?: readonly number[];
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const command = (await request.json()) as Command;
    const result = await run(command, bindings).catch((error: Error) => ({ error: error.message }));
    return Response.json(result ?? null);
  },
};

async function run(
  { id, call, target = "draft", resolution, deaths = [] }: Command,
  { WORKFLOWS, PUBLISHERS }: Bindings,
): Promise<unknown> {
  if (call === "create") {
    await WORKFLOWS.create({ id, params: { target } });
    return undefined;
  }
  if (call === "status") return (await WORKFLOWS.get(id)).status();
  if (call === "tell") {
    const instance = await WORKFLOWS.get(id);
    return instance.sendEvent({ type: "resolution", payload: { resolution } });
  }
  const publisher = PUBLISHERS.get(PUBLISHERS.idFromName(id));
  if (call === "begin") return publisher.begin(target, deaths);
  if (call === "start") return publisher.start();
  if (call === "step") return publisher.step(resolution);
  if (call === "evict") return publisher.evict();
  if (call === "break") return publisher.breakOnce();
  return publisher.state();
}
