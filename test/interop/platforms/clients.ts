import type { PlatformClient } from "./platform-client.ts";

/** Clients in files of their own, so that a process loads one. */
export const clients: readonly {
  readonly name: string;
  readonly load: () => Promise<PlatformClient>;
}[] = [
  { name: "wechat-edge", load: async () => (await import("./wechat-edge.ts")).client },
  { name: "wechat-component", load: async () => (await import("./wechat-component.ts")).client },
  { name: "node-easywechat", load: async () => (await import("./easywechat.ts")).client },
];
