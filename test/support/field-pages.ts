// Twenty articles as people's editors write them; see test/fixtures/README.md.

import { readFileSync } from "node:fs";

/** An article in the manner of an editor. */
export interface FieldPage {
  /** Name in test/fixtures/articles. */
  readonly file: string;
  /** Which kind of program writes like that, and what is special. */
  readonly manner: string;
  readonly title: string;
  readonly html: string;
  /** The pictures that its author has, by the names in the HTML, each a sample file of the emulator. */
  readonly pictures: Readonly<Record<string, "picture.png" | "cover.jpg" | "thumb.jpg">>;
}

const folder = new URL("../fixtures/articles/", import.meta.url);
const list = JSON.parse(readFileSync(new URL("articles.json", folder), "utf8")) as Omit<
  FieldPage,
  "html"
>[];

export const fieldPages: readonly FieldPage[] = list.map((page) => ({
  ...page,
  html: readFileSync(new URL(page.file, folder), "utf8"),
}));
