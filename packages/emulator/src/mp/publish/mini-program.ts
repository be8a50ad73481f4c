import type { MpError } from "../error.ts";
import type { MpMediaStore } from "../media/store.ts";
import { attributeOf, type HtmlTag } from "./html-tags.ts";
import { countLetters } from "./letters.ts";
import { refusal } from "./refusals.ts";

/** Documented, as the pixels are. */
const MAX_TITLE_LETTERS = 35;
const CARD = { width: 1080, height: 864 };

/** Whose card it is and what is to be told of it. */
export interface CardContext {
  media: MpMediaStore;
  appid: string;
  warnings: string[];
}

const hasAll = (tag: HtmlTag, names: readonly string[]): boolean =>
  names.every((name) => (attributeOf(tag, `data-miniprogram-${name}`) ?? "").trim() !== "");

/** 媒体API文档 has one spelling in its sample and the other in its table. */
function cardPicture(tag: HtmlTag, warnings: string[]): string {
  const typo = attributeOf(tag, "data-progarm-imageurl");
  const right = attributeOf(tag, "data-miniprogram-imageurl");
  if (typo !== undefined && right === undefined) {
    warnings.push(
      "data-progarm-imageurl is a typo in WeChat's sample; use data-miniprogram-imageurl",
    );
  }
  return (right ?? typo ?? "").trim();
}

/**
 * What is wrong with a card, given its context, or with a link to a mini program. That a link needs
 * appid and path, and what a wrong one is answered with, is assumed.
 */
export function refuseMiniProgram(tag: HtmlTag, card?: CardContext): MpError | undefined {
  if (!hasAll(tag, ["appid", "path"])) return refusal("miniProgram");
  if (card === undefined) return undefined;
  const title = attributeOf(tag, "data-miniprogram-title") ?? "";
  const address = cardPicture(tag, card.warnings);
  if (title.trim() === "" || countLetters(title) > MAX_TITLE_LETTERS || address === "") {
    return refusal("miniProgram");
  }
  const picture = card.media.findPicture(address);
  if (picture?.appid !== card.appid) {
    card.warnings.push(`this account has not uploaded the picture of the mini program card: ${address.slice(0, 200)}`);
    return undefined;
  }
  const { pixels } = picture;
  const fits = !pixels || (pixels.width === CARD.width && pixels.height === CARD.height);
  return fits ? undefined : refusal("miniProgram");
}
