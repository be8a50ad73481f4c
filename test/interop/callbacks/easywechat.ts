// node-easywechat: the server of an Official Account, and that of a third-party platform.

import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { loadEasywechat } from "../easywechat-official-account.ts";
import type { CallbackClient, Handle, Listener } from "./callback-client.ts";

interface Message {
  readonly attributes: Record<string, unknown>;
}

interface Server {
  with(handler: (message: Message, next: (message: Message) => unknown) => unknown): void;
  serve(): Promise<{
    getStatusCode(): number;
    getHeaders(): OutgoingHttpHeaders;
    getBody(): Buffer;
  }>;
}

export interface Application {
  setRequest(request: unknown): void;
  getServer(): Server;
}

const OfficialAccount = loadEasywechat("OfficialAccount/Application") as new (
  config: object,
) => Application;
const OpenPlatform = loadEasywechat("OpenPlatform/Application") as typeof OfficialAccount;
const ServerRequest = loadEasywechat("Core/Http/ServerRequest") as {
  createFromIncomingMessage(request: IncomingMessage): Promise<unknown>;
};

/** It keeps the handlers of earlier requests, so each request has an application of its own. */
export function listenerOf(application: () => Application, handle: Handle): Listener {
  return async (request, response) => {
    const app = application();
    app.setRequest(await ServerRequest.createFromIncomingMessage(request));
    const server = app.getServer();
    server.with((message, next) => handle(message.attributes) ?? next(message));
    const answer = await server.serve();
    response.writeHead(answer.getStatusCode(), answer.getHeaders()).end(answer.getBody());
  };
}

const byClass =
  (Application: new (config: object) => Application): CallbackClient["account"] =>
  ({ appid, token, encodingAESKey: aes_key }, handle) =>
    listenerOf(() => new Application({ app_id: appid, secret: "s", token, aes_key }), handle);

export const client: CallbackClient = {
  account: byClass(OfficialAccount),
  platform: byClass(OpenPlatform),
};
