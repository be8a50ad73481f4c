import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { AddFinding } from "../finding.ts";
import { listed } from "./listed.ts";
import { isScript } from "./script-address.ts";

/** Where a link leads. A script is no link: another rule finds it. */
type Destination = "none" | "wechat" | "page" | "placeholder" | "site" | "other";

/** What templates and examples have in place of an article's id. */
const PLACEHOLDER =
  /^(?:x[\dx_-]*|your[\w-]*|example[\w-]*|article[_-]?\w{0,4}|placeholder[\w-]*|sample|demo|test|todo|tbd|link\d*|url|id|abc|abcdef\w{0,4}|12345\d*|[_-]+)$/i;

/**
 * Finds links that WeChat refuses. Those to published articles and to mini-programs need no right, and anchors
 * lead nowhere.
 */
export function checkLinks({ tags }: HtmlFacts, pay: boolean | undefined, add: AddFinding): void {
  const links: Readonly<Record<Destination, string[]>> = {
    none: [],
    wechat: [],
    page: [],
    placeholder: [],
    site: [],
    other: [],
  };
  for (const tag of tags) {
    const href = hrefOf(tag);
    if (href !== undefined) links[destination(href)].push(href);
  }
  const { site, page, other, placeholder } = links;
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
  if (page.length > 0 && pay !== true) {
    add(
      "unknown",
      "link-right",
      "content",
      `The content links to mp.weixin.qq.com, but not with the whole address of a published article (${listed(page)}): whether WeChat takes it without WeChat Pay is not known.`,
      "Copy the address from the published article, or remove the link.",
    );
  }
  if (placeholder.length > 0) {
    add(
      // A preview is refused in any account.
      pay === true && !placeholder.some((href) => /[?&;]tempkey=/.test(href)) ? "warning" : "error",
      "link-placeholder",
      "content",
      `The content links to an article that cannot exist (${listed(placeholder)}), by a placeholder or the address of a preview: WeChat answers 45166.`,
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
  return onWechat(url);
}

/**
 * A published article has `/s/` and an id of 22 characters, or `/s` and a query that names account, message, place and
 * signature; other pages name their account. The preview of a draft has a `tempkey`.
 */
function onWechat({ pathname, search }: URL): Destination {
  // Escaped twice, as text copied from HTML is.
  const query = new URLSearchParams(search.replace(/&(?:amp;)+/g, "&"));
  const told = (name: string): string => query.get(name) ?? "";
  if (told("tempkey") !== "") return "placeholder";
  if (pathname.startsWith("/mp/")) return told("__biz") === "" ? "page" : "wechat";
  const id = /^\/s(?:\/([^/]*)\/?)?$/.exec(pathname);
  if (id === null || query.has("signature")) return "page";
  if (id[1] !== undefined) {
    return /^[\w-]{22}$/.test(id[1]) && !isFiller(id[1]) ? "wechat" : "placeholder";
  }
  const [account, message] = [told("__biz"), told("mid")];
  if ([account, message].some((part) => !/^[\w+/=~ -]+$/.test(part) || isFiller(part))) {
    return "placeholder";
  }
  // A plus of Base64 is read as a blank.
  const isWhole =
    /^[\w+/ ]{8,}={0,2}$/.test(account) &&
    /^\d+$/.test(told("idx")) &&
    /^[\da-f]{32}$/i.test(told("sn"));
  return isWhole ? "wechat" : "page";
}

function isFiller(text: string): boolean {
  return PLACEHOLDER.test(text) || /^(.)\1{2,}$/.test(text);
}
