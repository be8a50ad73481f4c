// What the scenario uses of workerd. Cloudflare's own types declare it only together with globals that
// conflict with Node's.

declare module "cloudflare:workers" {
  import type { CloudflareWorkersModule } from "@cloudflare/workers-types";

  export const DurableObject: typeof CloudflareWorkersModule.DurableObject;
  export const WorkerEntrypoint: typeof CloudflareWorkersModule.WorkerEntrypoint;
  export const WorkflowEntrypoint: typeof CloudflareWorkersModule.WorkflowEntrypoint;
}
