/** A start tag. Names are in lower case, values decoded. */
export interface HtmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What {@link checkArticle} needs to know of an article's HTML. `readHtml` returns it. */
export interface HtmlFacts {
  /** The text that a reader sees, decoded. */
  readonly text: string;
  /** Start tags in order. */
  readonly tags: readonly HtmlTag[];
  /** Addresses of the pictures in order, without repetitions. */
  readonly pictures: readonly string[];
}
