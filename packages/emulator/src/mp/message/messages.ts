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

/** As many as calls in the journal. */
const MAX_KEPT = 10_000;

export function createMessages(): Messages {
  const sent: SentMessage[] = [];
  return {
    all: () => structuredClone(sent),
    add(message) {
      sent.push(message);
      if (sent.length > MAX_KEPT) sent.shift();
    },
  };
}
