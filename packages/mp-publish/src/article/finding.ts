/** Name of a rule of 媒体API文档 or 新增草稿. */
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
  | "not-a-string"
  | "picture-count"
  | "required"
  | "script"
  | "source-url"
  | "source-url-redirect"
  | "title-length"
  | "unicode-escape"
  | "video-approval";

/**
 * `error`: WeChat refuses the article or removes something from it. `warning`: it may do so, or the rule is not
 * documented for this target. `unknown`: a fact that decides was not passed. `info`: how WeChat will show it.
 */
export type Severity = "error" | "warning" | "unknown" | "info";

/** What a rule found in an article. */
export interface Finding {
  readonly rule: ArticleRule;
  readonly severity: Severity;
  /** Where it was found, such as `articles[0].title`. */
  readonly path: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to do, in a sentence. */
  readonly suggestion: string;
}

/** Adds a finding of one article; `field` is the end of its path. */
export type AddFinding = (
  severity: Severity,
  rule: ArticleRule,
  field: string,
  message: string,
  suggestion: string,
) => void;
