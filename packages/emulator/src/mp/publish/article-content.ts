import type { SeededAccount } from "../account.ts";
import type { MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { applyEdits, type HtmlEdit } from "./html-edits.ts";
import { attributeOf, type HtmlTag, htmlTags } from "./html-tags.ts";
import { refuseMiniProgram } from "./mini-program.ts";
import { foreignAddresses } from "./picture-address.ts";
import { refusal } from "./refusals.ts";
import { vidOf } from "./video-frame.ts";

/** The edits and warnings for the content of an article. */
interface Work {
  exchange: MpExchange;
  account: SeededAccount;
  edits: HtmlEdit[];
  warnings: string[];
}

const cut = ({ start, end }: { start: number; end: number }): HtmlEdit => ({
  start,
  end,
  text: "",
});

/** Documented: only approved videos of the account. A frame without a vid is removed (assumed). */
function checkFrame(
  { exchange, account, edits, warnings }: Work,
  tag: HtmlTag,
): MpError | undefined {
  const vid = vidOf(tag);
  if (vid === undefined) {
    edits.push(cut(tag));
    warnings.push("removed an iframe without a vid");
    return undefined;
  }
  return exchange.mp.videos.isApproved(account.appid, vid) ? undefined : refusal("video");
}

/** Documented: only accounts that may receive payments can use links; links to mini programs are allowed. */
function checkLink({ account }: Work, tag: HtmlTag): MpError | undefined {
  if (attributeOf(tag, "data-miniprogram-appid") !== undefined) return refuseMiniProgram(tag);
  const href = attributeOf(tag, "href")?.trim() ?? "";
  return href !== "" && !account.pay ? refusal("link") : undefined;
}

/** Documented: pictures that the account has not uploaded are filtered. That they may be refused is assumed. */
function checkPictures(work: Work, tag: HtmlTag): MpError | undefined {
  const { exchange, account, edits, warnings } = work;
  const foreign = foreignAddresses(exchange.mp.media, account.appid, tag);
  if (foreign.length === 0) return undefined;
  if (exchange.mp.options.foreignPictures === "refuse") return refusal("foreignPicture");
  for (const { attribute, address, start, end, text } of foreign) {
    warnings.push(
      `removed a picture that this account has not uploaded: ${attribute}="${address.slice(0, 200)}"`,
    );
    edits.push(tag.name === "img" && attribute !== "style" ? cut(tag) : { start, end, text });
  }
  return undefined;
}

/** Documented: JavaScript is removed. What counts as JavaScript is assumed. */
function removeHandlers({ edits, warnings }: Work, tag: HtmlTag): void {
  for (const attribute of tag.attributes) {
    const script = /^\s*(javascript|vbscript):/i.test(attribute.value);
    if (!script && !/^on./.test(attribute.name)) continue;
    edits.push(cut(attribute));
    warnings.push(`removed a script: ${attribute.name}`);
  }
}

function checkTag(work: Work, tag: HtmlTag): MpError | undefined {
  removeHandlers(work, tag);
  const refused = checkPictures(work, tag);
  if (refused) return refused;
  if (tag.name === "a") return checkLink(work, tag);
  if (tag.name === "iframe") return checkFrame(work, tag);
  if (tag.name === "mp-miniprogram" || tag.name === "mp-common-miniprogram") {
    const { exchange, account, warnings } = work;
    return refuseMiniProgram(tag, {
      media: exchange.mp.media,
      appid: account.appid,
      warnings,
    });
  }
  return undefined;
}

/** The content as WeChat keeps it, with a warning for each removal. */
export function takeContent(
  exchange: MpExchange,
  account: SeededAccount,
  html: string,
): { content: string; warnings: string[] } | MpError {
  const work: Work = { exchange, account, edits: [], warnings: [] };
  let script: HtmlTag | undefined;
  for (const tag of htmlTags(html)) {
    if (tag.name === "script") {
      if (tag.closes) work.edits.push(cut({ start: script?.start ?? tag.start, end: tag.end }));
      else work.warnings.push("removed a script");
      script = tag.closes ? undefined : tag;
    } else if (!tag.closes) {
      const refused = checkTag(work, tag);
      if (refused) return refused;
    }
  }
  if (script) work.edits.push(cut({ start: script.start, end: html.length }));
  return { content: applyEdits(html, work.edits), warnings: work.warnings };
}
