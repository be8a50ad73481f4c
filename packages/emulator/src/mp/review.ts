/** Milliseconds, or "never". Infinity means the same. */
export type ReviewTime = number | "never";

/** Durations by the emulator's clock, in milliseconds; "never" waits for `control` to end it. */
export interface ReviewTimes {
  /** Transcoding of a saved video. Default: 1000. */
  transcoding?: ReviewTime;
  /** Review of a video after its transcoding. Default: 1000. */
  video?: ReviewTime;
  /** Review of an article submitted in the publish library. Default: 1000. */
  news?: ReviewTime;
  /** Publication after freepublish/submit. Default: 1000. */
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
