import type { PublishingClient } from "./publishing-client.ts";

/** Clients in files of their own, so that a process loads one. */
export const clients: readonly {
  readonly name: string;
  readonly load: () => Promise<PublishingClient>;
}[] = [
  { name: "wechat-edge", load: async () => (await import("./wechat-edge.ts")).client },
  { name: "co-wechat-api", load: async () => (await import("./co-wechat-api.ts")).client },
  { name: "wechat-api", load: async () => (await import("./wechat-api.ts")).client },
  { name: "node-easywechat", load: async () => (await import("./easywechat.ts")).client },
];
