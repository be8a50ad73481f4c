import type { JsonObject } from "@wechat-edge/core";
import { shown, visible } from "@wechat-edge/core/internal/upload";
import { readNumber } from "./call-api.ts";
import { type Publication, readId, readPublication } from "./publication.ts";

/**
 * The event PUBLISHJOBFINISH (事件推送发布结果), which WeChat sends when a publication is over: what `readMessage` of
 * `@wechat-edge/core/mp-messages` makes of it, or your own reading of its XML.
 */
export interface PublicationEvent {
  readonly PublishEventInfo: {
    readonly publish_id: string | number;
    readonly publish_status: number | string;
    readonly article_id?: string | undefined;
    readonly article_detail?: object | undefined;
    readonly fail_idx?: number | string | readonly (number | string)[] | undefined;
  };
}

/** An event that has come, or a promise of one. */
export type PublicationEventOption = PublicationEvent | PromiseLike<PublicationEvent>;

const SHAPE = "the event PUBLISHJOBFINISH, { PublishEventInfo: { publish_id, publish_status } }";

/** How the option `event` is checked. */
export const EVENT_OPTION: readonly [wanted: string, is: (value: unknown) => boolean] = [
  `${SHAPE}, or a promise of it`,
  (value) => isPromise(value) || readEvent(value) !== undefined,
];

/** What an event tells; undefined if it is no such event. */
export function readEvent(value: unknown): Publication | undefined {
  const { PublishEventInfo: told } = (value ?? {}) as { PublishEventInfo?: unknown };
  if (typeof told !== "object" || told === null) return undefined;
  const id = readId(told as JsonObject, "publish_id");
  const status = readNumber((told as JsonObject)["publish_status"]);
  if (id === undefined || status === undefined) return undefined;
  return readPublication(id, status, told as JsonObject);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}

/** An event that may still be on its way. */
export interface ComingEvent {
  /**
   * What it tells of this publication, once it has come. Throws TypeError for the event of another publication: a
   * mistake of the caller. One that was promised may be of any; it is ignored.
   */
  told(publish_id: string): Promise<Publication | undefined>;
  /** Settles, without a value, when it has come. */
  readonly come: Promise<void>;
}

/** Takes the option `event`. */
export function comingEvent(event: PublicationEventOption): ComingEvent {
  if (!isPromise(event)) {
    const publication = readEvent(event);
    const told = async (publish_id: string) => {
      checkPublication(publication, publish_id);
      return publication;
    };
    return { told, come: Promise.resolve() };
  }
  let read = (): Publication | undefined => undefined;
  const listen = async (): Promise<void> => {
    try {
      const value = await event;
      read = () => readPromised(value);
    } catch (error) {
      read = () => {
        throw error;
      };
    }
  };
  const come = listen();
  return {
    async told(publish_id) {
      await Promise.resolve(); // one that has come already is seen at once
      const publication = read();
      return publication?.publish_id === publish_id ? publication : undefined;
    },
    come,
  };
}

/** Throws TypeError if an event is of another publication. */
export function checkPublication(event: Publication | undefined, publish_id: string): void {
  if (event === undefined || event.publish_id === publish_id) return;
  throw new TypeError(
    `event must be of the publication ${publish_id}, not of ${visible(event.publish_id)}: pass each event to the job whose state has its publish_id.`,
  );
}

function readPromised(value: unknown): Publication {
  const publication = readEvent(value);
  if (publication !== undefined) return publication;
  throw new TypeError(`The promise of event must be of ${SHAPE}, not of ${shown(value)}.`);
}
