import type { MpError } from "../error.ts";
import { articleOrigin } from "./article-origin.ts";
import { type ContentWork, cut } from "./content-work.ts";
import type { HtmlTag } from "./html-reader.ts";
import { attributeOf } from "./html-tags.ts";
import { refuseMiniProgram } from "./mini-program.ts";
import { refusal } from "./refusals.ts";

const SHORT = /^\/s\/(?!(.)\1+\/?$)[A-Za-z0-9_-]{22}\/?$/;
const LONG: readonly (readonly [name: string, value: RegExp])[] = [
  ["__biz", /^[A-Za-z0-9+/]{8,}={0,2}$/],
  ["mid", /^[0-9]+$/],
  ["idx", /^[0-9]+$/],
  ["sn", /^[0-9a-f]{32}$/i],
];

function onWechat({ exchange }: ContentWork, href: string): URL | undefined {
  // Escaped twice, as text copied from HTML is; and without a protocol.
  const plain = href.replace(/&(?:amp;)+/g, "&");
  const absolute = plain.startsWith("//") ? `https:${plain}` : plain;
  const url = URL.canParse(absolute) ? new URL(absolute) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  const own = url.origin === articleOrigin(exchange);
  return own || url.hostname === "mp.weixin.qq.com" ? url : undefined;
}

/** Reported: the address of a published article. That other pages of mp.weixin.qq.com with a `__biz` pass is assumed. */
function isPublished({ pathname, searchParams }: URL): boolean {
  if (pathname.startsWith("/mp/")) return (searchParams.get("__biz") ?? "") !== "";
  if (pathname !== "/s") return SHORT.test(pathname);
  return LONG.every(([name, value]) => value.test(searchParams.get(name) ?? ""));
}

/**
 * Documented: only accounts that may receive payments can use links, but for links to mini programs. Reported: links
 * to published articles of any account pass, the preview of a draft (`tempkey`) never does.
 */
export function checkLink(work: ContentWork, tag: HtmlTag): MpError | undefined {
  const { exchange, account, edits, warnings } = work;
  if (attributeOf(tag, "data-miniprogram-appid") !== undefined) return refuseMiniProgram(tag);
  const given = attributeOf(tag, "href") ?? attributeOf(tag, "xlink:href") ?? "";
  // As browsers read it.
  const href = given.trim().replace(/[\t\n\r]/g, "");
  if (href === "") return undefined;
  const { anchors, foreignLinks } = exchange.mp.options;
  if (href.startsWith("#")) return anchors === "refuse" ? refusal("link") : undefined;
  const page = onWechat(work, href);
  if (page?.searchParams.has("tempkey")) return refusal("link");
  if (account.pay || (page !== undefined && isPublished(page))) return undefined;
  if (foreignLinks !== "strip") return refusal("link");
  const named = tag.attributes.filter(({ name }) => name === "href" || name === "xlink:href");
  for (const attribute of named) edits.push(cut(attribute));
  warnings.push(`removed the address of a link: ${href.slice(0, 200)}`);
  return undefined;
}
