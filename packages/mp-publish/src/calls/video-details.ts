import { checkText, checkWholeText, given, shown } from "@wechat-edge/core/internal/upload";
import { checkId } from "./call-api.ts";

const MAX_TAGS = 5;

/** What WeChat wants to know about a video, under its own names. */
export interface VideoDetails {
  /** 视频标题. */
  readonly title: string;
  /** 视频简介. */
  readonly video_desc: string;
  /** 是否原创: 1 declares the video original. */
  readonly declare_ori: 0 | 1;
  /** 一级类目: number or name of the category. WeChat has published no list of categories. */
  readonly newcat: string | number;
  /** 二级类目: number or name of the subcategory. */
  readonly newsbcat: string | number;
  /** 标签, at most five. WeChat does not document whether it wants a list or a string; it is sent as you pass it. */
  readonly tags: readonly string[] | string;
  /** 封面: address of a picture, from `addMaterial` or `uploadArticleImage`. */
  readonly cover_url: string;
}

/** Throws TypeError or RangeError for details that WeChat cannot take, before a long upload begins. */
export function checkVideoDetails(details: VideoDetails): void {
  checkWholeText("details", details);
  checkId("title", details.title);
  for (const name of ["video_desc", "cover_url"] as const) {
    checkText(name, details[name]);
  }
  if (details.declare_ori !== 0 && details.declare_ori !== 1) {
    throw new TypeError(`declare_ori must be 0 or 1, not ${shown(details.declare_ori)}.`);
  }
  for (const name of ["newcat", "newsbcat"] as const) {
    const value = details[name];
    // JSON would send NaN as null.
    if (!Number.isFinite(value) && (typeof value !== "string" || value === "")) {
      throw new TypeError(
        `${name} must be the name or the number of a category, not ${given(value)}.`,
      );
    }
  }
  const { tags } = details;
  if (Array.isArray(tags)) {
    if (tags.length > MAX_TAGS) {
      throw new RangeError(`A video may have at most ${MAX_TAGS} tags, not ${tags.length}.`);
    }
    if (tags.every((tag) => typeof tag === "string")) return;
  } else if (typeof tags === "string") return;
  throw new TypeError(`tags must be a list of strings, or a string, not ${given(tags)}.`);
}
