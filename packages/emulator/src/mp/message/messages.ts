/** A customer-service message that was taken. */
export interface SentMessage {
  readonly appid: string;
  readonly touser: string;
  readonly msgtype: string;
  /** The whole of what was sent. */
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
    add: (message) => void sent.push(message),
  };
}
