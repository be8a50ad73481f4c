import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { AddFinding } from "../finding.ts";
import { listed } from "./listed.ts";

/** Where a link leads. A script is no link: another rule finds it. */
type Destination = "none" | "wechat" | "placeholder" | "site" | "other";

/** What templates and examples have in place of an article's id. */
const PLACEHOLDER =
  /^(?:x+[\dx_-]*|your[\w-]*|example[\w-]*|article(?:[_-]?\w{0,4})|placeholder[\w-]*|sample|demo|test|todo|tbd|link\d*|url|id|abc|abcdef\w{0,4}|12345\d*|_+|-+)$/i;

/**
 * Finds links that WeChat refuses. Those to mp.weixin.qq.com and to mini-programs need no right, and anchors lead
 * nowhere.
 */
export function checkLinks({ tags }: HtmlFacts, pay: boolean | undefined, add: AddFinding): void {
  const links: Readonly<Record<Destination, string[]>> = {
    none: [],
    wechat: [],
    placeholder: [],
    site: [],
    other: [],
  };
  for (const tag of tags) {
    const href = hrefOf(tag);
    if (href !== undefined) links[destination(href)].push(href);
  }
  const { site, other, placeholder } = links;
  if (site.length > 0 && pay !== true) {
    add(
      pay === false ? "error" : "unknown",
      "link-right",
      "content",
      site.length === 1
        ? `The content has a link (${listed(site)}); only accounts with WeChat Pay may have links to other sites.`
        : `The content has ${site.length} links (${listed(site)}); only accounts with WeChat Pay may have links to other sites.`,
      pay === false
        ? "Write the address as text, or link to an article on mp.weixin.qq.com."
        : "Set rights: { pay: true } if the account has WeChat Pay.",
    );
  }
  if (placeholder.length > 0) {
    add(
      pay === true ? "warning" : "error",
      "link-placeholder",
      "content",
      `The content links to an article that cannot exist (${listed(placeholder)}): WeChat answers 45166.`,
      "Put in the article's real address, or remove the link.",
    );
  }
  if (other.length > 0) {
    add(
      pay === undefined ? "unknown" : pay ? "warning" : "error",
      "link-target",
      "content",
      `The content has a link that is no http or https address (${listed(other)}): in an article it leads nowhere, and WeChat may refuse it.`,
      "Write the address in full, or remove the link.",
    );
  }
}

function hrefOf({ name, attributes }: HtmlTag): string | undefined {
  if (name !== "a" && name !== "area") return undefined;
  if (attributes.has("data-miniprogram-appid")) return undefined;
  const href = attributes.get("href") ?? attributes.get("xlink:href") ?? "";
  // As in browsers: blanks around it do not count, nor do line ends and tabs within.
  return href.trim().replace(/[\t\n\r]/g, "");
}

function destination(href: string): Destination {
  if (href === "" || href.startsWith("#") || isScript(href)) return "none";
  const address = /^[\\/]{2}/.test(href) ? `https:${href}` : href;
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return "other";
  const url = new URL(address);
  if (url.hostname !== "mp.weixin.qq.com") return "site";
  return isPlaceholder(url) ? "placeholder" : "wechat";
}

/** Whether an address runs a script. */
export function isScript(address: string): boolean {
  // Browsers skip control characters before it and line ends within.
  return /^[\0- ]*(?:javascript|vbscript):/i.test(address.slice(0, 100).replace(/[\t\n\r]/g, ""));
}

/** Articles have `/s/` and an id, or `/s` and a query with the account and the message. */
function isPlaceholder({ pathname, search }: URL): boolean {
  const id = /^\/s(?:\/([^/]*)\/?)?$/.exec(pathname);
  if (id === null) return false;
  if (id[1] !== undefined) return !/^[\w-]+$/.test(id[1]) || isFiller(id[1]);
  const query = new URLSearchParams(search.replaceAll("&amp;", "&"));
  if (query.has("signature")) return false;
  const account = query.get("__biz") ?? "";
  const message = query.get("mid") ?? query.get("appmsgid") ?? "";
  return [account, message].some((part) => !/^[\w+/=~ -]+$/.test(part) || isFiller(part));
}

function isFiller(text: string): boolean {
  return PLACEHOLDER.test(text) || /^(.)\1{2,}$/.test(text);
}
