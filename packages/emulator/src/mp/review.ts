/** Milliseconds, or "never". Infinity is as good. */
export type ReviewTime = number | "never";

/** How long things take on the emulator's clock, in milliseconds; "never" waits for a command. */
export interface ReviewTimes {
  /** A saved video's transcoding. Default: 1000. */
  transcoding?: ReviewTime;
  /** Its review after that. Default: 1000. */
  video?: ReviewTime;
  /** The review of a submitted article of the publish library. Default: 1000. */
  news?: ReviewTime;
  /** From freepublish/submit to its end. Default: 1000. */
  publication?: ReviewTime;
}

const DEFAULT_MS = 1000;

const milliseconds = (time: ReviewTime = DEFAULT_MS): number =>
  time === "never" ? Number.POSITIVE_INFINITY : time;

/** In milliseconds. */
export const reviewTimes = (given: ReviewTimes = {}): Record<keyof ReviewTimes, number> => ({
  transcoding: milliseconds(given.transcoding),
  video: milliseconds(given.video),
  news: milliseconds(given.news),
  publication: milliseconds(given.publication),
});
