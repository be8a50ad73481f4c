import { check, valueText } from "../../validation/check.ts";
import { anyWholeNumber, optional, text } from "../../validation/rules.ts";
import { type Blocks, createBlocks, type VideoBlock } from "./blocks.ts";
import type { Sha1 } from "./sha1.ts";

/** What save_video was told. */
export interface VideoDetails {
  readonly title: string;
  readonly video_desc: string;
  readonly declare_ori: 0 | 1;
  readonly newcat: string | number;
  readonly newsbcat: string | number;
  readonly tags: string | readonly string[];
  readonly cover_url: string;
}

/** As query_status answers. */
export interface VideoStatus {
  readonly status: number;
  readonly ori_status: number;
  readonly mp_video_fail_detail_wording: string;
}

/** An upload, whatever has become of it. */
export interface StoredVideo {
  readonly appid: string;
  readonly vid: string;
  readonly filename: string;
  /** Bytes, as announced. */
  readonly size: number;
  /** Lower-case hex, as announced. */
  readonly sha1: string;
  /** Of the blocks that came, once they were finished; absent where it could not be told. */
  readonly receivedSha1?: string;
  readonly finished: boolean;
  /** By number. */
  readonly blocks: readonly VideoBlock[];
  /** Of the last save_video; the earlier ones, if any, are before it in `mediaIds`. */
  readonly media_id?: string;
  readonly mediaIds: readonly string[];
  readonly details?: VideoDetails;
  /** Where the last saved one stands now. */
  readonly status?: number;
  readonly wording?: string;
}

/** The videos of the accounts, as tests see and drive them. */
export interface VideoControl {
  /** Oldest first, unfinished ones included. */
  list: () => StoredVideo[];
  /**
   * Lets query_status answer this from now on, in place of what the clock says. `wording` is by
   * default what 媒体API文档 has for the status; `ori_status` what declare_ori says.
   */
  setStatus: (media_id: string, status: number, wording?: string, ori_status?: number) => void;
}

export interface SavedVideo {
  media_id: string;
  details: VideoDetails;
  /** Milliseconds on the clock. */
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
  /** A vid of this account. */
  find(appid: string, vid: string): KeptVideo | undefined;
  add(announced: Pick<KeptVideo, "appid" | "vid" | "filename" | "size" | "sha1">): void;
  /** By a media_id of this account. */
  findSaved(appid: string, mediaId: string): { video: KeptVideo; saved: SavedVideo } | undefined;
  statusOf(saved: SavedVideo): VideoStatus;
  /** Whether a vid is of this account and approved. */
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
    },
    findSaved: (appid, mediaId) =>
      find((saved, video) => video.appid === appid && saved.media_id === mediaId),
    statusOf,
    isApproved: (appid, vid) =>
      kept.get(vid)?.appid === appid &&
      (kept.get(vid)?.saved ?? []).some((saved) => statusOf(saved).status === PASSED),
  };
}
