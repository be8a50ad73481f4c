import type { MpError } from "../error.ts";
import type { MpMediaStore } from "../media/store.ts";
import type { HtmlTag } from "./html-reader.ts";
import { attributeOf } from "./html-tags.ts";
import { countLetters } from "./letters.ts";
import { refusal } from "./refusals.ts";

/** Documented, like the pixels below. */
const MAX_TITLE_LETTERS = 35;
const CARD = { width: 1080, height: 864 };

/** The account of a card, its media, and the list for warnings. */
export interface CardContext {
  media: MpMediaStore;
  appid: string;
  warnings: string[];
  /** Whether the picture must be of the library. */
  ofLibrary: boolean;
}

const hasAll = (tag: HtmlTag, names: readonly string[]): boolean =>
  names.every((name) => (attributeOf(tag, `data-miniprogram-${name}`) ?? "").trim() !== "");

/** 媒体API文档 spells the attribute differently in its sample and its table. */
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
 * Checks a mini program card (with `card`) or a link to a mini program. That a link needs appid and path, and the
 * errors, are assumed. Reported: the picture of a card in a draft is one of the library, with `?wx_fmt=`; one for
 * articles is refused.
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
    card.warnings.push(
      `this account has not uploaded the picture of the mini program card: ${address.slice(0, 200)}`,
    );
    return undefined;
  }
  const isOfLibrary = picture.kind === "permanent" && /[?&]wx_fmt=/.test(address);
  if (card.ofLibrary && !isOfLibrary) return refusal("miniProgram");
  const { pixels } = picture;
  const fits = !pixels || (pixels.width === CARD.width && pixels.height === CARD.height);
  return fits ? undefined : refusal("miniProgram");
}
