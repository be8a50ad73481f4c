import { type Outcome, sendOut, unanswered } from "../../http/send-out.ts";
import { makeRoom } from "../../journal/keep-last.ts";
import { modeOf, withQuery } from "./address.ts";
import { type Callback, type CallbackFault, callbackRequest } from "./callback.ts";
import { callbackSignature, decryptMessage } from "./envelope.ts";
import { messageXml } from "./xml.ts";

/** One attempt to deliver a message. */
export interface CallbackAttempt extends Outcome {
  /** When it was made, in milliseconds by the emulator's clock. */
  readonly time: number;
  readonly fault: CallbackFault | undefined;
}

/** A message or an event that was sent, and what became of it. */
export interface SentCallback {
  readonly appid: string;
  /** The address, without what WeChat adds to its query. */
  readonly url: string;
  /** The message in XML, as it is inside the envelope. */
  readonly xml: string;
  /**
   * "waiting": sent again at `nextTime`. "failed": the last attempt had no answer, or something else was answered than
   * `success`, nothing or a reply; WeChat then tells the follower that the account is out of service.
   */
  readonly state: "waiting" | "delivered" | "failed";
  /** The reply in XML, decrypted; undefined if the answer was `success`, empty, or no reply to this message. */
  readonly reply: string | undefined;
  readonly attempts: readonly CallbackAttempt[];
  /** When it is sent again, in milliseconds by the emulator's clock. */
  readonly nextTime: number | undefined;
}

/** The messages and events, and their delivery. */
export interface Callbacks {
  all(): SentCallback[];
  /** Sends a message; resolves after its first attempt. */
  send(callback: Callback): Promise<SentCallback>;
  /** Makes all attempts that are due by the clock; resolves when they are done. */
  deliver(): Promise<void>;
}

/** Documented: without an answer within 5 seconds it is sent again, three times in all (read so: assumed). */
const ATTEMPTS = 3;
const WAIT_MS = 5000;

interface Pending {
  readonly callback: Callback;
  readonly attempts: CallbackAttempt[];
  reply: string | undefined;
  taken: boolean;
  nextTime: number | undefined;
}

export function createCallbacks(now: () => number): Callbacks {
  const all: Pending[] = [];
  let work: Promise<void> = Promise.resolve();

  const attempt = async (pending: Pending, due: number): Promise<void> => {
    const { callback, attempts } = pending;
    const { to } = callback.address;
    const time = now();
    const outcome = await callbackRequest(callback, time, attempts.length)
      .then(({ url, headers, body }) => sendOut({ to, url }, { method: "POST", headers, body }))
      .catch(unanswered);
    const answered = outcome.status === 200 ? outcome.answer : undefined;
    const reply = answered === undefined ? undefined : await replyOf(callback, answered);
    // All at once: who looks meanwhile sees a message that waits, not one that failed.
    attempts.push({ time, fault: attempts.length === 0 ? callback.fault : undefined, ...outcome });
    pending.reply = reply;
    pending.taken = isTaken(answered, reply);
    // An answer that is no reply is not asked for again (assumed); a failure of the server is (assumed).
    const again = answered === undefined && attempts.length < ATTEMPTS;
    pending.nextTime = again ? due + WAIT_MS : undefined;
  };
  const deliverDue = async (): Promise<void> => {
    for (;;) {
      const [next] = all
        .filter(({ nextTime = Infinity }) => nextTime <= now())
        .sort((a, b) => (a.nextTime ?? 0) - (b.nextTime ?? 0));
      if (next?.nextTime === undefined) return;
      await attempt(next, next.nextTime);
    }
  };
  return {
    all: () => all.map(reported),
    deliver() {
      work = work.then(deliverDue);
      return work;
    },
    async send(callback) {
      const pending: Pending = {
        callback,
        attempts: [],
        reply: undefined,
        taken: false,
        nextTime: undefined,
      };
      makeRoom(all);
      all.push(pending);
      // Not after the deliveries under way: a handler of one of them may be waiting for this.
      await attempt(pending, now());
      return reported(pending);
    },
  };
}

/** Documented: `success`, an empty text, or a reply in XML. */
function isTaken(answer: string | undefined, reply: string | undefined): boolean {
  return answer === "" || answer === "success" || reply !== undefined;
}

/** The reply inside an answer; undefined if it is none, or not encrypted and signed as it must be. */
async function replyOf({ appid, address }: Callback, answer: string): Promise<string | undefined> {
  if (!/^\s*<xml>[\s\S]*<\/xml>\s*$/.test(answer)) return undefined;
  const field = (name: string): string =>
    new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)`).exec(answer)?.[1] ?? "";
  const [sealed, timestamp, nonce] = [field("Encrypt"), field("TimeStamp"), field("Nonce")];
  const { token, encodingAESKey } = address;
  if (sealed === "") return modeOf(address) === "encrypted" ? undefined : answer;
  const signature = await callbackSignature(token, timestamp, nonce, sealed);
  if (encodingAESKey === undefined || signature !== field("MsgSignature")) return undefined;
  return decryptMessage(encodingAESKey, sealed, appid);
}

function reported({ callback, attempts, reply, taken, nextTime }: Pending): SentCallback {
  const { appid, address, message } = callback;
  const waits = nextTime !== undefined || attempts.length === 0;
  return {
    appid,
    url: withQuery(address, {}),
    xml: messageXml(message),
    state: taken ? "delivered" : waits ? "waiting" : "failed",
    reply,
    attempts: [...attempts],
    nextTime,
  };
}
