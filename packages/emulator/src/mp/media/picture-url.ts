import { randomText } from "../../bytes/random.ts";
import type { MpExchange } from "../exchange.ts";
import type { Uploaded } from "./uploaded.ts";

/** The length between `/mmbiz/` and `/0` in 媒体API文档. */
const ID_LENGTH = 86;

/** The address of a picture for articles or of the library; `wx_fmt` is what the content is. */
export function newPictureUrl({ mp }: MpExchange, { format }: Pick<Uploaded, "format">): string {
  const { pictureAddress = "http" } = mp.options;
  const scheme = pictureAddress === "https" ? "https" : "http";
  const query = pictureAddress === "plain" ? "" : `?wx_fmt=${format}`;
  return `${scheme}://mmbiz.qpic.cn/mmbiz/${randomText(ID_LENGTH)}/0${query}`;
}
