import type { Attribute } from "./attribute.ts";

/** A start tag. */
export interface StartTag {
  /** In lower case. */
  readonly name: string;
  /** As in a browser, the first of two equal names counts. One without a value has an empty one. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Place of its `<` in the HTML. */
  readonly start: number;
}

/** Receives tags and text in order. */
export interface HtmlListener {
  onTag?: (tag: StartTag) => void;
  /** Receives decoded text; `inside` is the raw text element around it, such as `script`. */
  onText?: (text: string, inside: string | undefined) => void;
}

/** Reads HTML, with the full parser or with the small scanner. */
export type ScanHtml = (html: string, listener: HtmlListener) => void;

/** Elements whose content is not HTML. */
export const RAW_TEXT: ReadonlySet<string> = new Set(
  "iframe noembed noframes plaintext script style textarea title xmp".split(" "),
);

/** Begins text in SVG and MathML, and elsewhere a comment up to the first `>` (HTML standard, markup declarations). */
export const CDATA = "<![CDATA[";
