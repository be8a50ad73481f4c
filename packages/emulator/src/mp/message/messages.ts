import { keepLast } from "../../journal/keep-last.ts";

/** A customer-service message that was sent. */
export interface SentMessage {
  readonly appid: string;
  /** The openid of the follower. */
  readonly touser: string;
  readonly msgtype: string;
  /** The whole JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Messages {
  all(): SentMessage[];
  add(message: SentMessage): void;
}

export function createMessages(): Messages {
  const sent: SentMessage[] = [];
  return {
    all: () => structuredClone(sent),
    add: (message) => keepLast(sent, message),
  };
}
