import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type ArticleKind, type ContentWork, cut, endOf, folded } from "./content-work.ts";
import { applyEdits } from "./html-edits.ts";
import type { HtmlTag } from "./html-reader.ts";
import { attributeOf, htmlTags } from "./html-tags.ts";
import { checkLink } from "./links.ts";
import { refuseMiniProgram } from "./mini-program.ts";
import { foreignAddresses } from "./picture-address.ts";
import { refusal } from "./refusals.ts";
import { isStrippedWhole, stripAttributes, stripTag } from "./unsupported-html.ts";
import { takeFrame } from "./video-frame.ts";

/** Documented: pictures that the account has not uploaded are filtered. That they may be refused is assumed. */
function checkPictures(work: ContentWork, tag: HtmlTag): MpError | undefined {
  const { exchange, account, edits, warnings } = work;
  const foreign = foreignAddresses(exchange.mp.media, account.appid, tag);
  if (foreign.length === 0) return undefined;
  if (exchange.mp.options.foreignPictures === "refuse") return refusal("foreignPicture");
  const hasAddress = ["data-src", "src"].some((name) => attributeOf(tag, name)?.trim());
  for (const { attribute, address, start, end, text } of foreign) {
    warnings.push(
      `removed a picture that this account has not uploaded: ${attribute}="${address.slice(0, 200)}"`,
    );
    // One of a set may be missing where the picture has another address.
    const stays = attribute === "style" || (attribute.endsWith("srcset") && hasAddress);
    edits.push(tag.name === "img" && !stays ? cut(tag) : { start, end, text });
  }
  return undefined;
}

function checkTag(work: ContentWork, tag: HtmlTag): MpError | undefined {
  const refused = checkPictures(work, tag);
  if (refused) return refused;
  if (tag.name === "a" || tag.name === "area") return checkLink(work, tag);
  if (tag.name === "mp-miniprogram" || tag.name === "mp-common-miniprogram") {
    const { exchange, account, warnings } = work;
    const { media, options } = exchange.mp;
    const ofLibrary = work.kind === "draft" && options.cardPictures !== "any";
    return refuseMiniProgram(tag, { media, appid: account.appid, warnings, ofLibrary });
  }
  return undefined;
}

/** Whether an element goes with what is in it. */
function goes(work: ContentWork, tag: HtmlTag): boolean | MpError {
  if (isStrippedWhole(work, tag)) {
    work.warnings.push(tag.name === "script" ? "removed a script" : `removed <${tag.name}>`);
    return true;
  }
  return tag.name === "iframe" && takeFrame(work, tag);
}

/** Removes what WeChat does not keep, whatever it is about. */
function strip(work: ContentWork, html: string): string | MpError {
  const tags = htmlTags(html);
  for (let at = 0; at < tags.length; ) {
    const tag = tags[at] as HtmlTag;
    const gone = !tag.closes && goes(work, tag);
    if (isMpError(gone)) return gone;
    if (gone) {
      const { next, end } = endOf(tags, at, html);
      work.edits.push(cut({ start: tag.start, end }));
      at = next;
    } else {
      if (!stripTag(work, tag)) stripAttributes(work, tag);
      at += 1;
    }
  }
  return applyEdits(html, work.edits);
}

/** The content as WeChat keeps it, with a warning for each removal. */
export function takeContent(
  exchange: MpExchange,
  account: SeededAccount,
  html: string,
  kind: ArticleKind,
): { content: string; warnings: string[] } | MpError {
  const warnings: string[] = [];
  const stripped = strip({ exchange, account, kind, edits: [], warnings }, html);
  if (typeof stripped !== "string") return stripped;
  const work: ContentWork = { exchange, account, kind, edits: [], warnings };
  for (const tag of htmlTags(stripped)) {
    const refused = tag.closes ? undefined : checkTag(work, tag);
    if (refused) return refused;
  }
  return { content: applyEdits(stripped, work.edits), warnings: folded(warnings) };
}
