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
  clear(): void;
}

export function createMessages(): Messages {
  let sent: SentMessage[] = [];
  return {
    all: () => structuredClone(sent),
    add: (message) => void sent.push(message),
    clear() {
      sent = [];
    },
  };
}
