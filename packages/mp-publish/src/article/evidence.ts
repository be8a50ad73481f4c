import type { ArticleRule, Evidence } from "./finding.ts";
import type { ArticleTarget } from "./limits.ts";

/** How a rule is known, and where from. */
export type RuleEvidence = readonly [evidence: Evidence, source: string];

const LIBRARY = "媒体API文档";
const DRAFT = "新增草稿";
const COMMUNITY = "https://developers.weixin.qq.com/community/develop/doc/";
const GITHUB = "https://github.com/";
/** A list of what WeChat's editor takes, of a program that writes for it. */
const ELEMENTS = `${GITHUB}royalmorty/md2wechat-skill/blob/main/skills/content-writing/references/html-guide.md`;
const SVG = `${COMMUNITY}0000467fd24640d0c08b5c3805b800`;

const own: Readonly<Record<ArticleTarget, RuleEvidence>> = {
  "publish-library": ["documented", LIBRARY],
  draft: ["documented", DRAFT],
};
/** Documented for drafts alone. */
const ofDrafts: Readonly<Record<ArticleTarget, RuleEvidence>> = {
  "publish-library": ["assumed", DRAFT],
  draft: ["documented", DRAFT],
};
/** Documented for the publish library alone. */
const ofLibrary: Readonly<Record<ArticleTarget, RuleEvidence>> = {
  "publish-library": ["documented", LIBRARY],
  draft: ["reported", LIBRARY],
};

const EVIDENCE: Readonly<
  Record<ArticleRule, RuleEvidence | Readonly<Record<ArticleTarget, RuleEvidence>>>
> = {
  "article-count": own,
  "article-type": own,
  "author-length": ofDrafts,
  "card-attribute": ofLibrary,
  "card-image": ofLibrary,
  "card-source": ["reported", LIBRARY],
  "card-title": ofLibrary,
  "card-typo": ["reported", LIBRARY],
  "comment-flags": ["assumed", DRAFT],
  "content-length": ["reported", `${COMMUNITY}000a8c82b50790ca4f92dea626b000`],
  "content-size": ofDrafts,
  crop: ["documented", DRAFT],
  "css-variable": ["assumed", ELEMENTS],
  "digest-empty": own,
  "digest-length": own,
  flag: own,
  "image-foreign": { "publish-library": ["reported", DRAFT], draft: ["documented", DRAFT] },
  "image-lazy": ["reported", `${GITHUB}wechatsync/Wechatsync/issues/18`],
  "link-placeholder": ["reported", `${GITHUB}sunbooshi/note-to-mp/issues/11`],
  "link-right": ofLibrary,
  "link-target": ["reported", `${GITHUB}doocs/md/issues/1585`],
  "not-a-string": own,
  "picture-content": ["documented", DRAFT],
  "picture-count": ["documented", DRAFT],
  "picture-field": ["assumed", DRAFT],
  "picture-id": ["documented", DRAFT],
  "picture-repeated": ["assumed", DRAFT],
  "removed-element": ["reported", ELEMENTS],
  "removed-frame": ["reported", ELEMENTS],
  "removed-id": ["reported", SVG],
  "removed-position": ["reported", ELEMENTS],
  required: own,
  script: own,
  "source-url": own,
  "source-url-redirect": own,
  "svg-reference": ["reported", `${GITHUB}doocs/md/issues/907`],
  "title-length": own,
  "unicode-escape": ["documented", "全局返回码"],
  "unknown-element": ["assumed", ELEMENTS],
  "video-approval": ofLibrary,
  "video-in-draft": ["reported", `${COMMUNITY}000ec656f881e0d6f5303c05c6b000`],
};

/** How a rule is known for a target. */
export function evidenceOf(
  rule: ArticleRule,
  target: ArticleTarget,
): { readonly evidence: Evidence; readonly source: string } {
  const known = EVIDENCE[rule];
  const [evidence, source] = isPair(known) ? known : known[target];
  return { evidence, source };
}

function isPair(known: RuleEvidence | object): known is RuleEvidence {
  return Array.isArray(known);
}
