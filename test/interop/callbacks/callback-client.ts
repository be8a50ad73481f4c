import type { IncomingMessage, ServerResponse } from "node:http";

/** What WeChat has of an account, or of a platform, to send it messages. */
export interface CallbackAccount {
  readonly appid: string;
  readonly token: string;
  readonly encodingAESKey?: string;
}

/** Answers a request. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Returns the text of the reply, or undefined for none. */
export type Handle = (message: Readonly<Record<string, unknown>>) => string | undefined;

/** Somebody's client that reads messages, under its own defaults. */
export interface CallbackClient {
  account(account: CallbackAccount, handle: Handle): Listener;
  /** For what WeChat pushes to a third-party platform. */
  platform(platform: CallbackAccount, handle: Handle): Listener;
}

/** What a client understood, as a reply that no client's XML can break. */
export const toReply: Handle = (message) => encodeURIComponent(JSON.stringify(message));
