import { randomDigits } from "../../bytes/random.ts";
import type { CallbackAddress } from "./address.ts";
import type { Callback, CallbackFault } from "./callback.ts";
import type { XmlFields } from "./xml.ts";

const OPENID = "oIx26e3b4a1c0d9f857abcdefghi";

/** The original id of an account, always the same for one appid. */
export const originalId = (appid: string): string => `gh_${appid.slice(2, 14).toLowerCase()}`;

/** Completes a message or an event of an account with what every one has. */
export function accountCallback(
  { appid }: { readonly appid: string },
  address: CallbackAddress,
  given: XmlFields,
  now: number,
  fault?: CallbackFault,
): Callback {
  const { MsgType = "text" } = given;
  const message: XmlFields = {
    ToUserName: originalId(appid),
    FromUserName: OPENID,
    CreateTime: Math.floor(now / 1000),
    MsgType,
    ...(MsgType !== "event" && { MsgId: randomDigits(19) }),
    ...given,
  };
  const { ToUserName = "", FromUserName } = message;
  const openid = typeof FromUserName === "string" ? FromUserName : undefined;
  return { appid, address, message, outer: { ToUserName }, openid, fault };
}
