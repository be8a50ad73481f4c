/** Name of a rule of {@link checkArticle}; the README has a table of all. */
export type ArticleRule =
  | "active-content"
  | "article-count"
  | "article-type"
  | "author-length"
  | "card-attribute"
  | "card-image"
  | "card-source"
  | "card-title"
  | "card-typo"
  | "comment-flags"
  | "content-length"
  | "content-size"
  | "crop"
  | "css-variable"
  | "digest-empty"
  | "digest-length"
  | "flag"
  | "image-foreign"
  | "image-lazy"
  | "link-placeholder"
  | "link-right"
  | "link-target"
  | "not-a-string"
  | "picture-content"
  | "picture-count"
  | "picture-field"
  | "picture-id"
  | "picture-repeated"
  | "removed-element"
  | "removed-frame"
  | "removed-id"
  | "removed-position"
  | "required"
  | "script"
  | "source-url"
  | "source-url-redirect"
  | "svg-reference"
  | "title-length"
  | "unicode-escape"
  | "unknown-element"
  | "video-approval"
  | "video-in-draft";

/**
 * `error`: WeChat refuses the article or removes something from it. `warning`: it may do so, or the rule is not
 * documented for this target. `unknown`: a fact that decides was not passed, or nobody knows. `info`: how WeChat will
 * show it.
 */
export type Severity = "error" | "warning" | "unknown" | "info";

/** How a rule is known: from WeChat's documents, from public reports, or not at all. */
export type Evidence = "documented" | "reported" | "assumed";

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
  /** How the rule is known. */
  readonly evidence: Evidence;
  /** Where it is known from: the name of a WeChat document, or an address. */
  readonly source: string;
}

/** Adds a finding of one article; `field` is the end of its path. */
export type AddFinding = (
  severity: Severity,
  rule: ArticleRule,
  field: string,
  message: string,
  suggestion: string,
) => void;
