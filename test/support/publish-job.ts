import { createMpClient, type MpClient, type MpClientOptions } from "@wechat-edge/core";
import { type createEmulator, credentials, type JournalEntry } from "@wechat-edge/emulator";
import {
  type ArticleJob,
  nextPublishStep,
  type OutcomeResolution,
  type PublishJob,
  type PublishOptions,
  type PublishState,
  publishArticle,
} from "@wechat-edge/mp-publish";
import { expect } from "vitest";
import { mpInProcess } from "./mp.ts";
import { details, videoBytes } from "./video.ts";

export type Target = PublishJob["target"];
export type Until = PublishJob["until"];
export const TARGETS: readonly Target[] = ["publish-library", "draft"];

const JPEG_HEAD = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46];
/** With its header: 1080×864 pixels. */
const PNG_HEAD = [
  0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 56, 0, 0, 3,
  96,
];

/** A picture of its own size, as its name says JPEG or PNG. */
export function picture(name: string, size: number): File {
  const bytes = new Uint8Array(size);
  bytes.set(name.endsWith(".png") ? PNG_HEAD : JPEG_HEAD);
  return new File([bytes], name);
}

export const cover: File = picture("cover.jpg", 300);
export const film: File = new File([videoBytes(999)], "film.mp4");

/** Two pictures and a video of one block: the fewest requests that show each kind. */
const IMAGES = { "a.jpg": picture("a.jpg", 101), "b.png": picture("b.png", 102) };
const CONTENT = `<p>天还没亮透。</p><img src="a.jpg"><img data-src="b.png"><!-- video -->`;

/** A job of these parts, with others in place of some. */
export function jobOf(
  target: Target,
  until: Until = "published",
  parts: Partial<Omit<ArticleJob, "target" | "article">> & { readonly article?: object } = {},
): ArticleJob {
  const { article, ...others } = parts;
  return {
    target,
    until,
    cover,
    images: IMAGES,
    video: { file: film, details },
    ...others,
    article: { title: "灯笼街的一天", digest: "街", content: CONTENT, ...article },
  };
}

/** A job without a video: a cover and what the content wants. */
export function plainJob(
  target: Target,
  until: Until = "published",
  article: object = {},
  images: ArticleJob["images"] = {},
): ArticleJob {
  const content = "<p>天还没亮透。</p>";
  return jobOf(target, until, { images, video: undefined, article: { content, ...article } });
}

/** All that a job asks of WeChat, in order, where each review is over at once. */
export const REQUESTS = [
  "token",
  "cover",
  "image a.jpg",
  "image b.png",
  "init",
  "block 1",
  "finish",
  "save",
  "video?",
  "article",
  "submit",
  "article?",
] as const;

/** All the states that it keeps; those with … are kept before a request. */
export const STATES = [
  "begun",
  "cover…",
  "image:a.jpg",
  "image:a.jpg…",
  "image:b.png",
  "image:b.png…",
  "video",
  "video…",
  "video… upload 0",
  "video… upload 1",
  "video… finish 1",
  "video… finished 1",
  "video… save 1",
  "video… done 1",
  "video-review",
  "article",
  "article…",
  "submit",
  "submit…",
  "review",
  "done",
] as const;

/** A state by its name in {@link STATES}: the step that comes next, or that is under way. */
export function nameOf(job: PublishJob, state: PublishState): string {
  const { pending, video } = state;
  const next = nextPublishStep(job, state) ?? "done";
  if (pending === undefined) return next === "cover" ? "begun" : next;
  const { checkpoint } = video ?? {};
  if (checkpoint === undefined || pending !== "video") return `${pending}…`;
  return `${pending}… ${checkpoint.phase} ${checkpoint.acked.length}`;
}

const NO_REVIEW = { transcoding: 0, video: 0, news: 0, publication: 0 };
const START = Date.UTC(2026, 10, 22);

/** An emulator of its own, a client of it whose pauses alone move its clock, and what a job kept and asked. */
export function jobInProcess(
  options: Partial<MpClientOptions> = {},
  emulatorOptions: Parameters<typeof createEmulator>[0] = {},
) {
  const pauses: number[] = [];
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    pauses.push(ms);
    emulator.control.clock.advance(ms);
  };
  const emulatorOf = { review: NO_REVIEW, now: () => START, ...emulatorOptions };
  const { mp, emulator } = mpInProcess({ sleep, ...options }, emulatorOf);
  const { control } = emulator;
  const states: string[] = [];
  const last = (): PublishState => {
    const kept = states.at(-1);
    if (kept === undefined) throw new Error("No state was kept.");
    return JSON.parse(kept) as PublishState;
  };
  return {
    mp,
    emulator,
    control,
    pauses,
    /** The states in their order, as JSON. */
    states,
    /** Keeps every state. */
    keep: {
      onState: async (state) => void states.push(JSON.stringify(state)),
    } satisfies PublishOptions,
    last,
    /** Another process: it knows no token, and all it has of the job is the state. */
    another: (more: Partial<MpClientOptions> = {}): MpClient =>
      createMpClient({
        ...credentials.mp,
        fetch: emulator.fetch,
        now: control.clock.now,
        sleep,
        ...options,
        ...more,
      }),
    calls: () => requestsIn(control.journal.entries()),
    made: (target: Target) => madeIn(control, target),
  };
}

export type JobKit = ReturnType<typeof jobInProcess>;

/** Requests in their order, by their names in {@link REQUESTS}. */
export function requestsIn(entries: readonly JournalEntry[]): string[] {
  const names: Readonly<Record<string, string>> = {
    stable_token: "token",
    add_material: "cover",
    uploadnews: "article",
    "draft/add": "article",
    "publish/submit": "submit",
    "publish/query": "article?",
    "freepublish/get": "article?",
  };
  return entries.map(({ path, action, part_num, filename }) => {
    if (path.endsWith("uploadimg")) return `image ${filename}`;
    if (action === "upload_block") return `block ${part_num}`;
    if (action === "query_status") return "video?";
    if (action !== undefined) return action.replace(/^upload_|_.*$/g, "");
    return Object.entries(names).find(([end]) => path.endsWith(end))?.[1] ?? path;
  });
}

/** What there is of a job at WeChat. */
export interface Made {
  readonly covers: number;
  /** Names of the pictures, in their order. */
  readonly images: readonly string[];
  /** Of each announced video, how often it was saved. */
  readonly videos: readonly number[];
  readonly articles: number;
  readonly submissions: number;
}

/** All that the small job should leave behind. */
export const ONCE: Made = {
  covers: 1,
  images: ["a.jpg", "b.png"],
  videos: [1],
  articles: 1,
  submissions: 1,
};

function madeIn(control: JobKit["control"], target: Target): Made {
  const ofKind = (kind: string): string[] =>
    control.mpMedia.filter((media) => media.kind === kind).map(({ filename }) => filename);
  const news = control.news.list();
  const publications = control.publications.list();
  const drafts = [...control.drafts.list(), ...publications].map(({ media_id }) => media_id);
  const isLibrary = target === "publish-library";
  return {
    covers: ofKind("permanent").length,
    images: ofKind("article-image"),
    videos: control.videos.list().map(({ mediaIds }) => mediaIds.length),
    articles: isLibrary ? news.length : new Set(drafts).size,
    submissions: isLibrary
      ? news.filter(({ submittedAt }) => submittedAt !== undefined).length
      : publications.length,
  };
}

/** The article as WeChat has it, wherever it is. */
export function articleIn({ control }: JobKit, target: Target) {
  if (target === "publish-library") return control.news.list()[0]?.article;
  return control.drafts.list()[0]?.articles[0] ?? control.publications.list()[0]?.articles[0];
}

/** Addresses of the pictures by their file names. */
export function addresses({ control }: JobKit): Record<string, string> {
  const isCover = (name: string): boolean => name === cover.name;
  const pictures = control.mpMedia.filter(({ filename }) => !isCover(filename));
  return Object.fromEntries(pictures.map(({ filename, url = "" }) => [filename, url]));
}

/** Runs a job until it has kept so many states, and returns the last of them. No code runs after that. */
export async function cutAfter(kit: JobKit, job: PublishJob, states: number): Promise<string> {
  const gone = new Error("The process is gone.");
  let kept = 0;
  let state = "";
  const run = publishArticle(kit.mp, job, {
    onState(next) {
      kept += 1;
      if (kept > states) throw new Error("A state was given to be kept after the last.");
      state = JSON.stringify(next);
      if (kept === states) throw gone;
    },
  });
  await expect(run).rejects.toBe(gone);
  return state;
}

/** What somebody who looks on mp.weixin.qq.com would find of the request that a state has under way. */
export function lookFor(
  { control }: { readonly control: Pick<JobKit["control"], "publications" | "news" | "drafts"> },
  target: Target,
  { pending, attempt = "" }: PublishState,
): OutcomeResolution {
  if (pending === "submit") {
    const [publication] = control.publications.list();
    if (publication !== undefined) return { attempt, publish_id: publication.publish_id };
  } else {
    const [article] = target === "publish-library" ? control.news.list() : control.drafts.list();
    if (article !== undefined) return { attempt, media_id: article.media_id };
  }
  return { attempt, outcome: "nothing" };
}

/** Goes on in another process until the job is done; where nobody knows what was done, it looks. */
export async function goOn(
  kit: JobKit,
  job: PublishJob,
  state: string | undefined,
  options: PublishOptions = {},
) {
  const kept = state === undefined ? undefined : (JSON.parse(state) as PublishState);
  const { pending } = kept ?? {};
  const isOnce = pending === "article" || (pending === "submit" && job.target === "draft");
  const given = { ...kit.keep, ...options, state };
  const run = (more: PublishOptions = {}) =>
    publishArticle(kit.another(), job, { ...given, ...more });
  if (kept === undefined || !isOnce) return run();
  const asked = kit.calls().length;
  const names = { article: { "publish-library": "addNews", draft: "addDraft" } };
  await expect(run()).rejects.toMatchObject({
    code: "ERR_OUTCOME_UNKNOWN",
    step: pending === "submit" ? "submitPublication" : names.article[job.target],
    lookAt: expect.stringContaining("mp.weixin.qq.com"),
    attempt: kept.attempt,
    next: expect.stringContaining(`resolution: { attempt: "${kept.attempt}"`),
  });
  expect(kit.calls().length).toBe(asked);
  return run({ resolution: lookFor(kit, job.target, kept) });
}

/** The list with one of its items twice. */
export function twice(items: readonly string[], item: string): string[] {
  return items.flatMap((each) => (each === item ? [each, each] : [each]));
}
