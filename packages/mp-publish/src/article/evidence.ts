import type { ArticleRule, Evidence } from "./finding.ts";
import type { ArticleTarget } from "./limits.ts";

const LIBRARY = "媒体API文档";
const DRAFT = "新增草稿";
const COMMUNITY = "https://developers.weixin.qq.com/community/develop/doc/";
const GITHUB = "https://github.com/";
/** A list of what WeChat's editor takes, of a program that writes for it. */
const ELEMENTS = `${GITHUB}royalmorty/md2wechat-skill/blob/main/skills/content-writing/references/html-guide.md`;

/** Rules, and how they are known of drafts, and of the publish library where that differs. */
type Known = readonly [
  rules: readonly ArticleRule[],
  /** Empty where it is the document of the target. */
  source: string,
  ofDrafts: Evidence,
  ofLibrary?: Evidence,
];

const KNOWN = [
  [
    [
      "article-count",
      "article-type",
      "digest-empty",
      "digest-length",
      "flag",
      "not-a-string",
      "required",
      "script",
      "source-url",
      "source-url-redirect",
      "title-length",
    ],
    "",
    "documented",
  ],
  [["author-length", "content-size"], DRAFT, "documented", "assumed"],
  [["image-foreign"], DRAFT, "documented", "reported"],
  [["crop", "picture-content", "picture-count", "picture-id"], DRAFT, "documented"],
  [["comment-flags", "picture-field", "picture-repeated"], DRAFT, "assumed"],
  [
    ["card-attribute", "card-image", "card-title", "link-right", "video-approval"],
    LIBRARY,
    "reported",
    "documented",
  ],
  [["card-source", "card-typo"], LIBRARY, "reported"],
  [["unicode-escape"], "全局返回码", "documented"],
  [["css-variable", "unknown-element"], ELEMENTS, "assumed"],
  [["active-content"], "", "assumed"],
  [["removed-element", "removed-frame", "removed-position"], ELEMENTS, "reported"],
  [["content-length"], `${COMMUNITY}000a8c82b50790ca4f92dea626b000`, "reported"],
  [["removed-id"], `${COMMUNITY}0000467fd24640d0c08b5c3805b800`, "reported"],
  [["video-in-draft"], `${COMMUNITY}000ec656f881e0d6f5303c05c6b000`, "reported"],
  [["image-lazy"], `${GITHUB}wechatsync/Wechatsync/issues/18`, "reported"],
  [["link-placeholder"], `${GITHUB}sunbooshi/note-to-mp/issues/11`, "reported"],
  [["link-target"], `${GITHUB}doocs/md/issues/1585`, "reported"],
  [["svg-reference"], `${GITHUB}doocs/md/issues/907`, "reported"],
] as const satisfies readonly Known[];

/** How a rule is known for a target. */
export function evidenceOf(
  rule: ArticleRule,
  target: ArticleTarget,
): { readonly evidence: Evidence; readonly source: string } {
  const isDraft = target === "draft";
  const [, source, ofDrafts, ofLibrary = ofDrafts] = knownOf(rule);
  return {
    evidence: isDraft ? ofDrafts : ofLibrary,
    source: source || (isDraft ? DRAFT : LIBRARY),
  };
}

/** Does not compile if a rule is missing above. */
function knownOf(rule: (typeof KNOWN)[number][0][number]): Known {
  const all: readonly Known[] = KNOWN;
  return all.find(([rules]) => rules.includes(rule)) as Known;
}
