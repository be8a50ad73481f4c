import { shown } from "@wechat-edge/core/internal/upload";

/** Where an article goes: the publish library (媒体API文档), or a draft (新增草稿). */
export type ArticleTarget = "publish-library" | "draft";

/** A limit in characters. `documented`: by the document of this target; if not, by that of the other. */
export interface TextLimit {
  readonly max: number;
  readonly documented: boolean;
}

interface ArticleLimits {
  readonly title: TextLimit;
  readonly digest: TextLimit;
  readonly author: TextLimit;
  /** Characters of the text that stand for an empty digest. */
  readonly autoDigest: number;
  /** Whether the limits of the content are documented. */
  readonly content: boolean;
}

/** Throws TypeError for another target. */
export function checkTarget(target: unknown): asserts target is ArticleTarget {
  if (target === "publish-library" || target === "draft") return;
  throw new TypeError(`target must be "publish-library" or "draft", not ${shown(target)}.`);
}

const known = (max: number): TextLimit => ({ max, documented: true });

/**
 * From FAQ 4, 五、上传图文消息至发布库 and 新增草稿 of 2025-12-19. 新增草稿 says of the content both "小于1M" and
 * "大小不可超过2kb"; 1 MB is used, because real articles are larger than 2 kB. 媒体API文档 has no limit for the author.
 */
export const ARTICLE_LIMITS: Readonly<Record<ArticleTarget, ArticleLimits>> = {
  "publish-library": {
    title: known(64),
    digest: known(120),
    author: { max: 16, documented: false },
    autoDigest: 64,
    content: false,
  },
  draft: {
    title: known(32),
    digest: known(128),
    author: known(16),
    autoDigest: 54,
    content: true,
  },
};

/** Most characters of a draft's title: as documented, or as reported of some accounts. */
export type DraftTitle = 32 | 64;

/** How an option of that kind is checked. */
export const DRAFT_TITLE: readonly [string, (value: unknown) => boolean] = [
  "32 or 64",
  (value) => value === 32 || value === 64,
];

/** 必须少于2万字符. */
export const CONTENT_CHARACTERS = 20_000;
/** 小于1M. */
export const CONTENT_BYTES: number = 1024 * 1024;
/** 原文地址 大小不可超过1 kb. */
export const SOURCE_URL_BYTES = 1024;
/** Most characters of a picture message (reported). */
export const PICTURE_MESSAGE_CHARACTERS = 1000;
/** Most pictures of a picture message. */
export const MAX_PICTURES = 20;
/** 小程序卡片的标题，不超过35个字. */
export const CARD_TITLE_CHARACTERS = 35;
/** 图片必须为1080*864像素. */
export const CARD_PIXELS: { readonly width: number; readonly height: number } = {
  width: 1080,
  height: 864,
};
