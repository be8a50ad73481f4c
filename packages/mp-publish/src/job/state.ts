import type { ArticleTarget } from "../article/limits.ts";
import { firstVersionAttempt } from "../attempt.ts";
import { CheckpointError } from "../errors.ts";
import { readSaved } from "../saved.ts";
import type { VideoCheckpoint } from "../video/checkpoint.ts";

/**
 * One step of a job. `image:` is followed by the picture's name, in a picture message by its place from 0. All but
 * `video` make one request.
 */
export type PublishStep =
  | "cover"
  | `image:${string}`
  | "video"
  | "video-review"
  | "article"
  | "submit"
  | "review";

/** The state of a job: small JSON, to be saved and passed to the next run. */
export interface PublishState {
  /** Version of this form. */
  readonly v: 2;
  readonly appid: string;
  /** SHA-256 of the job's target, title, and the names and sizes of its files. */
  readonly job: string;
  /** The step whose request is under way. If it is there when a run begins, WeChat may have carried the request out. */
  readonly pending?: PublishStep;
  /** Id of that one request, if it must not be made twice: an answer about its outcome names it. */
  readonly attempt?: string;
  /** `media_id` of the cover. */
  readonly cover?: string;
  /** Addresses of the uploaded pictures, by name; in a picture message their `media_id`s, by place from 0. */
  readonly images: Readonly<Record<string, string>>;
  /** The video: its checkpoint until it is uploaded, then its ids. */
  readonly video?: {
    readonly checkpoint?: VideoCheckpoint;
    readonly vid?: string;
    readonly media_id?: string;
    readonly approved?: true;
  };
  /** `media_id` of the article in the publish library, or of the draft. */
  readonly media_id?: string;
  /** SHA-256 of the article as it was sent; a content that is a function is not part of it. */
  readonly article?: string;
  readonly submitted?: true;
  /** Id of the publication of a draft. */
  readonly publish_id?: string;
  /** The `publish_id` was told, not answered by WeChat: the job compares the article's title before it ends. */
  readonly unverified?: true;
  /** For the comments of a published draft. */
  readonly msg_data_id?: string;
  readonly published?: true;
  /** Id of a published draft. */
  readonly article_id?: string;
  /** Address of the published article. */
  readonly url?: string;
}

/** Steps that must not be repeated. */
export type OnceStep = "article" | "submit";

/**
 * Whether a repetition would add or publish a second article. All other steps are repeated; so is submitting to the
 * publish library, because WeChat answers that it was submitted before.
 */
export function isOnce(target: ArticleTarget, step: unknown): step is OnceStep {
  return step === "article" || (step === "submit" && target === "draft");
}

/** Reads a state or its JSON. Throws CheckpointError if it is damaged, or for another account or job. */
export function readState(
  given: PublishState | string,
  expected: { readonly appid: string; readonly job: string; readonly target: ArticleTarget },
): PublishState {
  const state = readSaved(given, {
    what: "state",
    writer: "publishArticle",
    appid: expected.appid,
    migrate: (first) => withAttempt(expected.target, first),
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

/** A state of version 1 with an id for the request that it left under way. */
function withAttempt(
  target: ArticleTarget,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const { attempt: _, unverified: __, ...first } = given;
  const { pending } = first;
  return isOnce(target, pending) ? { ...first, attempt: firstVersionAttempt(pending) } : first;
}

const STEP = /^(?:cover|image:[\s\S]*|video|video-review|article|submit|review)$/;
const TEXTS = [
  "pending",
  "attempt",
  "cover",
  "media_id",
  "article",
  "publish_id",
  "msg_data_id",
  "article_id",
  "url",
];
const FLAGS = ["submitted", "unverified", "published"];

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

/** uploadVideoMaterial checks the `checkpoint` itself. */
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
