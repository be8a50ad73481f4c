// What the scenario takes from workerd: the types of Cloudflare name it only together with globals
// that are not Node's.

declare module "cloudflare:workers" {
  import type { CloudflareWorkersModule } from "@cloudflare/workers-types";

  export const DurableObject: typeof CloudflareWorkersModule.DurableObject;
  export const WorkerEntrypoint: typeof CloudflareWorkersModule.WorkerEntrypoint;
  export const WorkflowEntrypoint: typeof CloudflareWorkersModule.WorkflowEntrypoint;
}
