import { createMpClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { checkArticle, type NewsArticle, publishArticle } from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { type FieldArticle, fieldArticles, fieldCheck } from "../../support/field-article-cases.ts";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

/** The cases of a row, each with what checkArticle finds. */
function checked(row: string): FieldCase[] {
  return Object.entries(fieldArticles[row] ?? {}).map(([what, one]) => ({
    input: `${what}${snippet(one)}`,
    run: () =>
      outcome(() => {
        const [article, options] = fieldCheck(one);
        const findings = checkArticle(article as NewsArticle, options);
        const told = findings.map(
          ({ rule, severity, evidence, message }) =>
            `${severity} \`${rule}\` (${evidence}): ${message.replace(/<[^>]+>/g, "`$&`")}`,
        );
        return told.length === 0 ? "nothing found" : told.join(" ");
      }),
  }));
}

/** The content, where it is short. */
function snippet({ article }: FieldArticle): string {
  const { content } = article as { content?: string };
  return content === undefined || content.length > 120 || /[`\n]/.test(content)
    ? ""
    : `: \`${content}\``;
}

/** A job with one picture under a name, and what it does with the content. */
function job(name: string, content: string, about: string): FieldCase {
  return {
    input: `\`${content}\`, \`images\` has \`${name}\`: ${about}`,
    async run() {
      const emulator = createEmulator();
      const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
      return outcome(async () => {
        await publishArticle(mp, {
          target: "draft",
          until: "uploaded",
          article: { title: "灯笼街", digest: "街", content },
          cover: sampleFile("cover.jpg"),
          images: { [name]: sampleFile("picture.png") },
        });
        const kept = emulator.control.drafts.list()[0]?.articles[0]?.content ?? "";
        return `the draft has \`${kept.replace(/https?:\/\/mmbiz\.qpic\.cn[^"' )]*/g, "…")}\``;
      });
    },
  };
}

function rewritten(names: Readonly<Record<string, string>>, html: string): FieldCase {
  return {
    input: `\`${html}\`, \`rewriteImages\` with the names ${Object.keys(names)
      .map((name) => `\`${name}\``)
      .join(", ")}`,
    run: () => outcome(async () => `\`${await rewriteImages(html, names)}\``),
  };
}

/** M2, M5, M8, M9, M10, M12, M17, M18, M20. */
export const articleRows: readonly FieldRow[] = [
  {
    id: "M2",
    about:
      'Links: those to published articles pass in any account; others need WeChat Pay. Anchors pass by most reports; three projects report 45166 for `href="#…"` too, so nothing is found in them.',
    evidence:
      "documented for the right to links ([永久素材](https://developers.weixin.qq.com/doc/service/api/material/permanent)); reported for 45166 and what passes ([markdown-nice#15](https://github.com/mdnice/markdown-nice/issues/15), [doocs/md#1585](https://github.com/doocs/md/issues/1585), [note-to-mp#11](https://github.com/sunbooshi/note-to-mp/issues/11), [obsidian-wechat-converter#19](https://github.com/DavidLam-oss/obsidian-wechat-converter/issues/19))",
    cases: checked("M2"),
  },
  {
    id: "M5",
    about: "A cover's `media_id` of any length: nothing follows from it.",
    evidence:
      "reported ([community](https://developers.weixin.qq.com/community/develop/doc/000e8e3c7f444848a252ede7066800))",
    cases: checked("M5"),
  },
  {
    id: "M8",
    about: "Tags count for the length of the content: an error before the first request.",
    evidence:
      "reported ([community](https://developers.weixin.qq.com/community/develop/doc/000a8c82b50790ca4f92dea626b000))",
    cases: checked("M8"),
  },
  {
    id: "M9",
    about: "Lazily loaded pictures: the real address is found, named and used.",
    evidence:
      "reported ([Wechatsync#18](https://github.com/wechatsync/Wechatsync/issues/18), [#41](https://github.com/wechatsync/Wechatsync/issues/41))",
    cases: [
      ...checked("M9"),
      job(
        "street.png",
        '<img src="grey.gif" data-original="street.png">',
        "the job uses the real address",
      ),
      job(
        "street.png",
        '<img class="lazy" data-lazy-src="street.png"><noscript><img src="street.png"></noscript>',
        "and writes `src` where there is none",
      ),
    ],
  },
  {
    id: "M10",
    about:
      "Names of pictures as Markdown tools write them are those of the files; where one is only near, the error says which.",
    evidence:
      "not WeChat's: output of Markdown tools ([obsidian-mp-publisher#34](https://github.com/joeytoday/obsidian-mp-publisher/issues/34), [#51](https://github.com/joeytoday/obsidian-mp-publisher/issues/51))",
    cases: [
      job(
        "images/街 景.png",
        '<img src="./images/%E8%A1%97%20%E6%99%AF.png">',
        "encoded, with `./`",
      ),
      job("images/a.png", '<img src="images\\a.png">', "a backslash"),
      job("a&amp;b.png", '<img src="a&amp;b.png">', "an entity in the list"),
      job("e\u0301.png", '<img src="%C3%A9.png">', "letters decomposed, as by macOS"),
      job("street.png", '<img src="street.png?v=2#pic_center">', "a query and a size"),
      job("street.png", '<img src="Street.PNG">', "another case is near"),
      job("street.png", '<img src="/assets/street.png">', "another folder is near"),
      job("street.png", '<img src="steret.png">', "a typing error is near"),
      rewritten({ "a%20b.png": "exact", "a b.png": "plain" }, '<img src="a%20b.png">'),
      rewritten({ "a b.png": "one", "a%20b.png": "other" }, '<img src="./a%20b.png">'),
    ],
  },
  {
    id: "M12",
    about: "Crops are fractions from 0 to 1; only followers can comment where comments are open.",
    evidence:
      "documented ([新增草稿](https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add)) for the crops, with the mistakes reported (ai-trend-publish#10); assumed for the comments",
    cases: checked("M12"),
  },
  {
    id: "M17",
    about: "What WeChat strips silently is found, with its place.",
    evidence:
      "reported ([doocs/md#907](https://github.com/doocs/md/issues/907), [community](https://developers.weixin.qq.com/community/develop/doc/0000467fd24640d0c08b5c3805b800) for ids; [a program's list](https://github.com/royalmorty/md2wechat-skill/blob/main/skills/content-writing/references/html-guide.md) for elements and positions); scripts documented (新增草稿)",
    cases: checked("M17"),
  },
  {
    id: "M18",
    about:
      "In a picture copied from WeChat `data-src` counts, and a placeholder in `src` does not.",
    evidence: "assumed: WeChat's own pages show `data-src`",
    cases: [
      ...checked("M18"),
      job(
        "a.png",
        '<img data-src="a.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        "both become the new address",
      ),
    ],
  },
  {
    id: "M20",
    about:
      "CDATA and other bogus comments, as the HTML standard calls them, end at the first `>`. Both readers of HTML agree.",
    evidence: "not WeChat's: the HTML standard, tokenization",
    cases: checked("M20"),
  },
];
