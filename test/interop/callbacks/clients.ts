import type { CallbackClient } from "./callback-client.ts";

/** Clients in files of their own, so that a process loads one. */
export const clients: readonly {
  readonly name: string;
  readonly load: () => Promise<CallbackClient>;
}[] = [
  { name: "wechat-edge", load: async () => (await import("./wechat-edge.ts")).client },
  { name: "co-wechat", load: async () => (await import("./co-wechat.ts")).client },
  { name: "node-easywechat", load: async () => (await import("./easywechat.ts")).client },
];
