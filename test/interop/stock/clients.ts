import type { Step, StockClient } from "./stock-client.ts";

/** A client in a file of its own, so that a process loads one. */
export interface StockEntry {
  readonly name: string;
  readonly load: () => Promise<StockClient>;
  /** Steps that it gets wrong by itself, and how. */
  readonly fails?: Partial<Record<Step, string>>;
}

export const clients: readonly StockEntry[] = [
  { name: "wechat-edge", load: async () => (await import("./wechat-edge.ts")).client },
  {
    name: "wechatpay-axios-plugin",
    load: async () => (await import("./axios-plugin.ts")).client,
  },
  { name: "node-easywechat", load: async () => (await import("./easywechat.ts")).client },
  {
    name: "wechatpay-node-v3",
    load: async () => (await import("./node-v3.ts")).client,
    fails: {
      upload:
        "its `upload_images` posts to a path without a host and gives superagent an object instead of a form, which fails before anything is sent",
    },
  },
  { name: "wechatpay-nodejs-sdk", load: async () => (await import("./nodejs-sdk.ts")).client },
  { name: "tnwx", load: async () => (await import("./tnwx.ts")).client },
  {
    name: "form-data-encoder",
    load: async () => (await import("./form-data-encoder.ts")).framing(true),
  },
  {
    name: "form-data-encoder, without a length",
    load: async () => (await import("./form-data-encoder.ts")).framing(false),
  },
  { name: "curl and openssl", load: async () => (await import("./curl.ts")).client },
];
