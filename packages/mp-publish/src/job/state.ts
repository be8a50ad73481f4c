import { CheckpointError } from "../errors.ts";
import { readSaved } from "../saved.ts";
import type { VideoCheckpoint } from "../video/checkpoint.ts";

/** One step of a job; `image:` is followed by the picture's name. Each makes one request, but for `video`. */
export type PublishStep =
  | "cover"
  | `image:${string}`
  | "video"
  | "video-review"
  | "article"
  | "submit"
  | "review";

/**
 * Where a job stands: small JSON, to be kept and given back. `pending` is written before the request of
 * a step goes out, and taken away with its result: where it is found, the request may have been carried out.
 */
export interface PublishState {
  readonly v: 1;
  readonly appid: string;
  /** SHA-256 of what the job is made of. */
  readonly job: string;
  readonly pending?: PublishStep;
  /** `media_id` of the cover. */
  readonly cover?: string;
  /** Addresses of the pictures that are uploaded, by their names. */
  readonly images: Readonly<Record<string, string>>;
  readonly video?: {
    readonly checkpoint?: VideoCheckpoint;
    readonly vid?: string;
    readonly media_id?: string;
    readonly approved?: true;
  };
  /** Of the article in the library, or of the draft. */
  readonly media_id?: string;
  /** SHA-256 of the article as the job had it when it was sent, but for a content that is a function. */
  readonly article?: string;
  readonly submitted?: true;
  /** Of a draft that is submitted. */
  readonly publish_id?: string;
  readonly published?: true;
  /** Of a draft that is published. */
  readonly article_id?: string;
  /** Address of the published article. */
  readonly url?: string;
}

/** Reads a state, as an object or as its JSON, and makes sure that it is this account's and this job's. Throws CheckpointError. */
export function readState(
  given: PublishState | string,
  expected: { readonly appid: string; readonly job: string },
): PublishState {
  const state = readSaved(given, {
    what: "state",
    writer: "publishArticle",
    appid: expected.appid,
    isForm: isState,
    cure: "Pass the state that onState kept last, as it was kept.",
  }) as PublishState;
  if (state.job !== expected.job) {
    throw new CheckpointError(
      "The state is for another job: its target, its title, or the names or sizes of its files differ from this one. Pass the job that the state was kept for, or begin without the state.",
      "job",
    );
  }
  return state;
}

const STEP = /^(?:cover|image:[\s\S]*|video|video-review|article|submit|review)$/;
const TEXTS = ["pending", "cover", "media_id", "article", "publish_id", "article_id", "url"];
const FLAGS = ["submitted", "published"];

function isState(state: Record<string, unknown>): boolean {
  const { appid, job, pending, images, video } = state;
  return (
    typeof appid === "string" &&
    typeof job === "string" &&
    isRecord(images) &&
    Object.values(images).every(isText) &&
    TEXTS.every((name) => state[name] === undefined || isText(state[name])) &&
    FLAGS.every((name) => state[name] === undefined || state[name] === true) &&
    (pending === undefined || STEP.test(pending as string)) &&
    (video === undefined || isVideo(video))
  );
}

/** What stands in `checkpoint` is looked at by uploadVideoMaterial. */
function isVideo(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { checkpoint, vid, media_id, approved } = value;
  return (
    (checkpoint === undefined || isRecord(checkpoint)) &&
    (media_id === undefined ? vid === undefined : isText(media_id) && isText(vid)) &&
    (approved === undefined || (approved === true && media_id !== undefined))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
