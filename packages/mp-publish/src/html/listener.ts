import type { Attribute } from "./attribute.ts";

/** A start tag. */
export interface StartTag {
  /** In lower case. */
  readonly name: string;
  /** Each name once, as in a browser: the first counts. Those without a value are there with an empty one. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** What is told of the HTML, in order. */
export interface HtmlListener {
  onTag?: (tag: StartTag) => void;
  /** Decoded text outside tags; `inside` is the raw text element that it stands in, such as `script`. */
  onText?: (text: string, inside: string | undefined) => void;
}

/** Reads HTML: with a parser, or with the small scanner of articles. */
export type ScanHtml = (html: string, listener: HtmlListener) => void;

/** Elements whose content is no HTML. */
export const RAW_TEXT: ReadonlySet<string> = new Set(
  "iframe noembed noframes plaintext script style textarea title xmp".split(" "),
);
