/** A start tag, its names in lower case, its attributes decoded. */
export interface HtmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What the rules want to know of an article's HTML. `readHtml` of `@wechat-edge/mp-publish/html` finds it out. */
export interface HtmlFacts {
  /** The text that a reader sees, decoded. */
  readonly text: string;
  /** Start tags in order. */
  readonly tags: readonly HtmlTag[];
  /** Addresses of all pictures in order, each once. */
  readonly pictures: readonly string[];
}
