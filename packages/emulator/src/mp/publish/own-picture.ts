import type { MpExchange } from "../exchange.ts";

/** Whether this is a permanent picture of the account, image or thumb (媒体API文档 accepts both). */
export function isOwnPicture({ mp }: MpExchange, appid: string, id: unknown): boolean {
  const found = typeof id === "string" ? mp.media.find(appid, id) : undefined;
  return found?.kind === "permanent" && (found.type === "image" || found.type === "thumb");
}
