import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import { isWechatImage } from "../../html/wechat-image.ts";
import type { CountCharacters } from "../count.ts";
import type { AddFinding } from "../finding.ts";
import { type ArticleTarget, CARD_PIXELS, CARD_TITLE_CHARACTERS } from "../limits.ts";
import { APPROVED } from "../video-status.ts";

/** A video of the account, as `queryVideoStatus` and `waitForVideo` return it. */
export interface VideoFact {
  readonly vid?: string | undefined;
  /** 3 is approved. */
  readonly status: number;
}

/** Size of a picture in pixels. */
export interface ImageFact {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Finds videos that are not approved: 上传图文消息至发布库 fails with them. */
export function checkVideos(
  { tags }: HtmlFacts,
  videos: readonly VideoFact[],
  target: ArticleTarget,
  add: AddFinding,
): void {
  const vids = new Set(tags.flatMap(vidsOf));
  if (vids.size > 0 && target === "draft") {
    add(
      "unknown",
      "video-in-draft",
      "content",
      "It is not certain that a draft keeps its videos: WeChat's staff says no, one report says yes.",
      "Look at the draft on mp.weixin.qq.com before it is published.",
    );
  }
  for (const vid of vids) {
    const status = videos.find((video) => video.vid === vid)?.status;
    if (status === APPROVED) continue;
    const seen = status === undefined ? "has an unknown status" : `has status ${status}`;
    add(
      status === undefined ? "unknown" : "error",
      "video-approval",
      "content",
      `The video ${vid} ${seen}; WeChat must have approved it (status ${APPROVED}) before the article is added.`,
      "Wait for it with waitForVideo, and pass its status in videos.",
    );
  }
}

/** Checks mini-program cards and links. */
export function checkCards(
  { tags }: HtmlFacts,
  images: readonly ImageFact[],
  target: ArticleTarget,
  count: CountCharacters,
  add: AddFinding,
): void {
  for (const { name, attributes } of tags) {
    const card = /^mp-(?:common-)?miniprogram$/.test(name);
    if (!card && !(name === "a" && attributes.has("data-miniprogram-appid"))) continue;
    const typo = attributes.has("data-progarm-imageurl");
    if (typo) {
      add(
        "error",
        "card-typo",
        "content",
        "A card has data-progarm-imageurl, a misprint in WeChat's document that does not work.",
        "Write data-miniprogram-imageurl, or use miniProgramCard.",
      );
    }
    const needed = card ? ["appid", "path", "title", ...(typo ? [] : ["imageurl"])] : ["path"];
    for (const part of needed) {
      if (attributes.get(`data-miniprogram-${part}`)?.trim()) continue;
      const message = `<${name}> has no data-miniprogram-${part}.`;
      add("error", "card-attribute", "content", message, "Add it: WeChat requires it.");
    }
    if (card) checkCard(attributes, images, target, count, add);
  }
}

function checkCard(
  attributes: HtmlTag["attributes"],
  images: readonly ImageFact[],
  target: ArticleTarget,
  count: CountCharacters,
  add: AddFinding,
): void {
  const length = count(attributes.get("data-miniprogram-title") ?? "");
  if (length > CARD_TITLE_CHARACTERS) {
    const message = `The title of a card has ${length} characters; at most ${CARD_TITLE_CHARACTERS} are allowed.`;
    add("error", "card-title", "content", message, "Shorten it.");
  }
  const url = attributes.get("data-miniprogram-imageurl");
  if (!url) return;
  if (target === "draft" && isWechatImage(url) && !/[?&]wx_fmt=/.test(url)) {
    add(
      "warning",
      "card-source",
      "content",
      "The picture of a card has an address without wx_fmt, as uploadArticleImage returns it: WeChat is reported to answer 45166 to such a card.",
      "Upload it with addMaterial, and take the url that it returns whole, with ?wx_fmt=.",
    );
  }
  const image = images.find((image) => image.url === url);
  if (image?.width === CARD_PIXELS.width && image.height === CARD_PIXELS.height) return;
  add(
    image === undefined ? "unknown" : "error",
    "card-image",
    "content",
    `The picture of a card must have ${CARD_PIXELS.width}×${CARD_PIXELS.height} pixels; this one has ${image === undefined ? "an unknown size" : `${image.width}×${image.height}`}.`,
    image === undefined ? "Pass its size in images; inspect measures it." : "Cut it to that size.",
  );
}

/** 媒体API文档 writes mpvid=, published articles have vid=. */
export function vidsOf({ name, attributes }: HtmlTag): string[] {
  if (name !== "iframe") return [];
  for (const attribute of ["data-mpvid", "data-vid", "data-src", "src"]) {
    const vid = /(?:^|[?&](?:mp)?vid=)((?:wxv|apiv)_\w+)/.exec(
      attributes.get(attribute) ?? "",
    )?.[1];
    if (vid !== undefined) return [vid];
  }
  return [];
}
