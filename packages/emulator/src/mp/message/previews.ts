import { keepLast } from "../../journal/keep-last.ts";
import { dayOf } from "../../time/day.ts";

/** A preview that was sent to one phone. */
export interface SentPreview {
  readonly appid: string;
  /** The openid of the follower, or absent if it went to a 微信号. */
  readonly touser?: string;
  /** The 微信号, which counts before the openid. */
  readonly towxname?: string;
  readonly msgtype: string;
  /** Of the draft or the media. */
  readonly media_id?: string;
  /** The whole JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds by the clock. */
  readonly sentAt: number;
}

export interface Previews {
  all(): SentPreview[];
  add(preview: SentPreview): void;
  /** How many went to a 微信号 on the day of this time. */
  byNameOn(appid: string, time: number): number;
}

export function createPreviews(): Previews {
  const sent: SentPreview[] = [];
  return {
    all: () => structuredClone(sent),
    add: (preview) => keepLast(sent, preview),
    byNameOn: (appid, time) =>
      sent.filter(
        (each) =>
          each.appid === appid && each.towxname !== undefined && dayOf(each.sentAt) === dayOf(time),
      ).length,
  };
}
