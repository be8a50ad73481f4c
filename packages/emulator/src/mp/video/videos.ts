import { check, valueText } from "../../validation/check.ts";
import { anyWholeNumber, optional, text } from "../../validation/rules.ts";
import { type Blocks, createBlocks, type VideoBlock } from "./blocks.ts";
import type { Sha1 } from "./sha1.ts";

/** The fields of save_video. */
export interface VideoDetails {
  readonly title: string;
  readonly video_desc: string;
  readonly declare_ori: 0 | 1;
  readonly newcat: string | number;
  readonly newsbcat: string | number;
  readonly tags: string | readonly string[];
  readonly cover_url: string;
}

/** The answer of query_status. */
export interface VideoStatus {
  readonly status: number;
  readonly ori_status: number;
  readonly mp_video_fail_detail_wording: string;
}

/** A video upload, finished or not. */
export interface StoredVideo {
  readonly appid: string;
  readonly vid: string;
  readonly filename: string;
  /** Size in bytes, from init_upload. */
  readonly size: number;
  /** SHA-1 in lower-case hex, from init_upload. */
  readonly sha1: string;
  /** SHA-1 of the received blocks, after upload_finish; absent if it is not known. */
  readonly receivedSha1?: string;
  readonly finished: boolean;
  /** The received blocks, sorted by number. */
  readonly blocks: readonly VideoBlock[];
  /** From the last save_video. */
  readonly media_id?: string;
  /** From each save_video, oldest first. */
  readonly mediaIds: readonly string[];
  /** From the last save_video. */
  readonly details?: VideoDetails;
  /** The status that query_status answers. */
  readonly status?: number;
  /** The mp_video_fail_detail_wording that query_status answers. */
  readonly wording?: string;
}

/** The videos uploaded in blocks. */
export interface VideoControl {
  /** The uploads, oldest first, unfinished ones included. */
  list: () => StoredVideo[];
  /**
   * Sets what query_status answers, regardless of the clock. `wording` defaults to the text of
   * 媒体API文档 for the status, `ori_status` to declare_ori. Throws TypeError for an unknown media_id.
   */
  setStatus: (media_id: string, status: number, wording?: string, ori_status?: number) => void;
}

export interface SavedVideo {
  media_id: string;
  details: VideoDetails;
  /** Milliseconds by the clock. */
  savedAt: number;
  set?: VideoStatus;
}

export interface KeptVideo {
  appid: string;
  vid: string;
  filename: string;
  size: number;
  sha1: string;
  receivedSha1?: string | undefined;
  finished: boolean;
  blocks: Blocks;
  saved: SavedVideo[];
}

export interface VideoStore extends VideoControl {
  /** The upload with this vid, if it belongs to the account. */
  find(appid: string, vid: string): KeptVideo | undefined;
  add(announced: Pick<KeptVideo, "appid" | "vid" | "filename" | "size" | "sha1">): void;
  /** The video with this media_id, if it belongs to the account. */
  findSaved(appid: string, mediaId: string): { video: KeptVideo; saved: SavedVideo } | undefined;
  /** What save_video made of the account's uploads, newest first. */
  savedOf(appid: string): { video: KeptVideo; saved: SavedVideo }[];
  /** Takes one of them out of the library. */
  removeSaved(of: { video: KeptVideo; saved: SavedVideo }): void;
  statusOf(saved: SavedVideo): VideoStatus;
  /** Whether the video belongs to this account and is approved. */
  isApproved(appid: string, vid: string): boolean;
}

/** Documented. */
const WORDINGS: Readonly<Record<number, string>> = {
  0: "checking",
  2: "check fail",
  3: "check pass",
  4: "transing",
  5: "trans fail",
  9: "forbid",
  10: "delete",
};
const TRANSCODING = 4;
const CHECKING = 0;
const PASSED = 3;

/**
 * Uploads that were announced and not saved: whoever gives up leaves one each time. The oldest goes, with its blocks;
 * the next call of its client is answered as for any vid that is unknown (assumed).
 */
const MAX_UNSAVED = 1000;

export function createVideos(
  now: () => number,
  times: { transcoding: number; video: number },
  keepBytes: boolean,
  newSha1?: () => Sha1,
): VideoStore {
  const kept = new Map<string, KeptVideo>();

  const statusOf = ({ details, savedAt, set }: SavedVideo): VideoStatus => {
    if (set) return set;
    const elapsed = now() - savedAt;
    const reviewed = elapsed - times.transcoding;
    const status = reviewed < 0 ? TRANSCODING : reviewed < times.video ? CHECKING : PASSED;
    return {
      status,
      ori_status: details.declare_ori,
      mp_video_fail_detail_wording: WORDINGS[status] ?? "",
    };
  };
  const find = (matches: (saved: SavedVideo, video: KeptVideo) => boolean) => {
    for (const video of kept.values()) {
      const saved = video.saved.find((each) => matches(each, video));
      if (saved) return { video, saved };
    }
    return undefined;
  };
  const shown = (video: KeptVideo): StoredVideo => {
    const { receivedSha1, blocks, saved, ...rest } = video;
    const last = saved.at(-1);
    const status = last && statusOf(last);
    return {
      ...rest,
      ...(receivedSha1 !== undefined && { receivedSha1 }),
      blocks: blocks.list(),
      mediaIds: saved.map(({ media_id }) => media_id),
      ...(last && { media_id: last.media_id, details: structuredClone(last.details) }),
      ...(status && { status: status.status, wording: status.mp_video_fail_detail_wording }),
    };
  };

  return {
    list: () => [...kept.values()].map(shown),
    setStatus(media_id, status, wording, ori_status) {
      const found = find((saved) => saved.media_id === media_id);
      if (found === undefined) {
        throw new TypeError(
          `No video was saved as ${valueText(media_id)}; save_video answers a media_id.`,
        );
      }
      check(anyWholeNumber, status, "status");
      check(optional(text), wording, "wording");
      check(optional(anyWholeNumber), ori_status, "ori_status");
      found.saved.set = {
        status,
        ori_status: ori_status ?? statusOf(found.saved).ori_status,
        mp_video_fail_detail_wording: wording ?? WORDINGS[status] ?? "",
      };
    },
    find(appid, vid) {
      const found = kept.get(vid);
      return found?.appid === appid ? found : undefined;
    },
    add(announced) {
      kept.set(announced.vid, {
        ...announced,
        finished: false,
        blocks: createBlocks(keepBytes, newSha1),
        saved: [],
      });
      const unsaved = [...kept.values()].filter(({ saved }) => saved.length === 0);
      const [oldest] = unsaved;
      if (unsaved.length > MAX_UNSAVED && oldest !== undefined) kept.delete(oldest.vid);
    },
    findSaved: (appid, mediaId) =>
      find((saved, video) => video.appid === appid && saved.media_id === mediaId),
    savedOf: (appid) =>
      [...kept.values()]
        .filter((video) => video.appid === appid)
        .flatMap((video) => video.saved.map((saved) => ({ video, saved })))
        // The sort keeps the order of those of one moment.
        .reverse()
        .sort((a, b) => b.saved.savedAt - a.saved.savedAt),
    removeSaved({ video, saved }) {
      video.saved = video.saved.filter((each) => each !== saved);
    },
    statusOf,
    isApproved: (appid, vid) =>
      kept.get(vid)?.appid === appid &&
      (kept.get(vid)?.saved ?? []).some((saved) => statusOf(saved).status === PASSED),
  };
}
