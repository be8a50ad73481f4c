import { encodeUtf8 } from "@wechat-edge/core/internal/upload";
import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { CountCharacters } from "../count.ts";
import type { AddFinding } from "../finding.ts";
import {
  ARTICLE_LIMITS,
  type ArticleTarget,
  CONTENT_BYTES,
  CONTENT_CHARACTERS,
} from "../limits.ts";
import { isWechatImage } from "../wechat-image.ts";

/** Checks the length of the content. WeChat does not say whether it counts the tags. */
export function checkContentSize(
  content: string,
  target: ArticleTarget,
  count: CountCharacters,
  text: string | undefined,
  add: AddFinding,
): void {
  const severity = ARTICLE_LIMITS[target].content ? "error" : "warning";
  const { length: bytes } = encodeUtf8(content);
  if (bytes >= CONTENT_BYTES) {
    const message = `content has ${bytes} bytes; WeChat allows fewer than ${CONTENT_BYTES}.`;
    add(
      severity,
      "content-size",
      "content",
      message,
      "Shorten it, and replace pictures in data: addresses.",
    );
  }
  const whole = count(content);
  if (whole < CONTENT_CHARACTERS) return;
  const visible = text === undefined ? undefined : count(text);
  const least = `must have fewer than ${CONTENT_CHARACTERS}.`;
  const ifTags = visible === undefined ? "unknown" : "warning";
  if (visible === undefined || visible < CONTENT_CHARACTERS) {
    const message = `content has ${whole} characters with its tags. If WeChat counts those, it ${least}`;
    add(ifTags, "content-length", "content", message, "Remove styles, or shorten it.");
  } else {
    const message = `content has ${visible} characters without its tags; it ${least}`;
    add(severity, "content-length", "content", message, "Shorten it.");
  }
}

/** Finds pictures of other hosts, and scripts: WeChat removes them. */
export function checkRemoved({ pictures, tags }: HtmlFacts, add: AddFinding): void {
  for (const url of pictures) {
    if (isWechatImage(url)) continue;
    add(
      "error",
      "image-foreign",
      "content",
      `WeChat removes the picture ${shortened(url)}: its address is not from uploadArticleImage.`,
      "Upload it with uploadArticleImage, and replace its address with rewriteImages.",
    );
  }
  for (const script of new Set(tags.flatMap(scriptsOf))) {
    const message = `WeChat removes ${script} from the content.`;
    add("warning", "script", "content", message, "Remove it.");
  }
}

/** Finds links, for which an account needs WeChat Pay. Links to mini-programs do not count. */
export function checkLinks({ tags }: HtmlFacts, pay: boolean | undefined, add: AddFinding): void {
  const link = tags.find(
    ({ name, attributes }) => name === "a" && !attributes.has("data-miniprogram-appid"),
  );
  if (link === undefined || pay === true) return;
  const href = shortened(link.attributes.get("href") ?? "");
  add(
    pay === false ? "error" : "unknown",
    "link-right",
    "content",
    `The content has a link (${href}); only accounts with WeChat Pay may have links.`,
    pay === false
      ? "Remove the <a> tags."
      : "Set rights: { pay: true } if the account has WeChat Pay.",
  );
}

function scriptsOf({ name, attributes }: HtmlTag): string[] {
  const found = name === "script" ? ["<script>"] : [];
  for (const [attribute, value] of attributes) {
    if (/^on[a-z]/.test(attribute)) found.push(attribute);
    else if (/^(?:href|src|action|formaction|xlink:href)$/.test(attribute)) {
      if (/^\s*javascript:/i.test(value)) found.push(`${attribute}="javascript:…"`);
    }
  }
  return found;
}

function shortened(url: string): string {
  return url.length > 80 ? `${url.slice(0, 60)}…` : url;
}
