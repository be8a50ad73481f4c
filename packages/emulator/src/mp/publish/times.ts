import type { PublishOptions } from "./options.ts";

/** When something was made and last changed, in milliseconds. */
export interface Times {
  readonly created: number;
  readonly updated: number;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The times beside news_item. */
export const contentTimes = (
  { listTimes }: PublishOptions,
  { created, updated }: Times,
): { create_time?: number; update_time?: number } =>
  listTimes === "entry" ? {} : { create_time: seconds(created), update_time: seconds(updated) };

/** The time of an entry of a list. */
export const entryTime = (
  { listTimes }: PublishOptions,
  { updated }: Times,
): { update_time?: number } => (listTimes === "content" ? {} : { update_time: seconds(updated) });
