// co-wechat, a middleware of Koa, and wechat-crypto below it.

import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { CallbackClient } from "./callback-client.ts";

/** What it uses of Koa's context. */
interface Context {
  readonly query: Readonly<Record<string, string>>;
  readonly method: string | undefined;
  readonly request: object;
  readonly req: IncomingMessage;
  status?: number;
  body?: string;
  type?: string;
}

type Middleware = (context: Context) => Promise<void>;

const wechat = createRequire(import.meta.url)("co-wechat") as (account: object) => {
  middleware(handle: (message: Record<string, unknown>) => Promise<string>): Middleware;
};

const account: CallbackClient["account"] = (of, handle) => {
  const middleware = wechat(of).middleware(async (message) => handle(message) ?? "");
  return async (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    const query = Object.fromEntries(searchParams);
    const context: Context = { query, method: request.method, request: {}, req: request };
    await middleware(context);
    // As Koa does.
    const { body, status = body === undefined ? 404 : 200 } = context;
    response.writeHead(status).end(body);
  };
};

/** Its users give it what pushes to a platform are encrypted with. */
export const client: CallbackClient = { account, platform: account };
