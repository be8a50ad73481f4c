/** A start tag. Names are in lower case, values decoded. */
export interface HtmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Place of its `<` in the HTML. */
  readonly start?: number | undefined;
}

/** What {@link checkArticle} needs to know of an article's HTML. `readHtml` returns it. */
export interface HtmlFacts {
  /** The text that a reader sees, decoded. */
  readonly text: string;
  /** Start tags in order. */
  readonly tags: readonly HtmlTag[];
  /**
   * Addresses of the pictures in order, without repetitions: `data-src` before `src`, because WeChat shows that, and
   * before a placeholder the address that a script would load.
   */
  readonly pictures: readonly string[];
}
