/** A rule of 媒体API文档 or of today's 新增草稿, by name. */
export type ArticleRule =
  | "article-count"
  | "author-length"
  | "card-attribute"
  | "card-image"
  | "card-title"
  | "card-typo"
  | "content-length"
  | "content-size"
  | "cover-temporary"
  | "digest-empty"
  | "digest-length"
  | "flag"
  | "image-foreign"
  | "link-right"
  | "picture-count"
  | "required"
  | "script"
  | "source-url"
  | "source-url-redirect"
  | "title-length"
  | "unicode-escape"
  | "video-approval";

/**
 * `error`: WeChat refuses it, or the reader will miss something. `warning`: it may, or the rule is not documented for
 * this target. `unknown`: a fact is missing that decides. `info`: what WeChat will make of it.
 */
export type Severity = "error" | "warning" | "unknown" | "info";

/** What a rule says about an article. */
export interface Finding {
  readonly rule: ArticleRule;
  readonly severity: Severity;
  /** Where, such as `articles[0].title`. */
  readonly path: string;
  readonly message: string;
  /** What to do about it. */
  readonly suggestion: string;
}

/** Notes a finding of one article; `field` is the end of its path. */
export type AddFinding = (
  severity: Severity,
  rule: ArticleRule,
  field: string,
  message: string,
  suggestion: string,
) => void;
