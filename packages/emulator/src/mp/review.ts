/** How long things take on the emulator's clock, in milliseconds; Infinity waits for a command. */
export interface ReviewTimes {
  /** A saved video's transcoding. Default: 1000. */
  transcoding?: number;
  /** Its review after that. Default: 1000. */
  video?: number;
  /** The review of a submitted article of the publish library. Default: 1000. */
  news?: number;
  /** From freepublish/submit to its end. Default: 1000. */
  publication?: number;
}

const DEFAULT_MS = 1000;
const NAMES = ["transcoding", "video", "news", "publication"] as const;

/** Throws TypeError where a time is none. */
export function readReviewTimes(given: ReviewTimes = {}): Required<ReviewTimes> {
  for (const [name, ms] of Object.entries(given)) {
    if (!(NAMES as readonly string[]).includes(name)) {
      throw new TypeError(`review has ${JSON.stringify(name)}; it must have ${NAMES.join(", ")}.`);
    }
    if (ms !== undefined && !(typeof ms === "number" && ms >= 0)) {
      throw new TypeError(`review.${name} is ${String(ms)}; it must be milliseconds, 0 or more.`);
    }
  }
  return {
    transcoding: given.transcoding ?? DEFAULT_MS,
    video: given.video ?? DEFAULT_MS,
    news: given.news ?? DEFAULT_MS,
    publication: given.publication ?? DEFAULT_MS,
  };
}
