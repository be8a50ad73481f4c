import { credentials } from "../demo/credentials.ts";
import { accountCallback } from "../mp/callbacks/account-message.ts";
import type { CallbackAddress } from "../mp/callbacks/address.ts";
import type { SentCallback } from "../mp/callbacks/callbacks.ts";
import { verifyAddress } from "../mp/callbacks/verification.ts";
import type { XmlFields } from "../mp/callbacks/xml.ts";
import type { EmulatorState } from "../state.ts";
import { check } from "../validation/check.ts";
import { oneOf } from "../validation/rules.ts";
import type { AccountMessage } from "./account-message.ts";
import { accountMessageRule } from "./account-message-rule.ts";
import { keepUserMedia, type UserMedia } from "./user-sends.ts";

/** Sends a message to an account; resolves after its first attempt. Rejects with TypeError if it is malformed. */
export async function sendAccountMessage(
  state: EmulatorState,
  given: AccountMessage,
): Promise<SentCallback> {
  const asked = check(accountMessageRule, given, "message");
  const { appid = credentials.mp.appid, to, url, message = {}, media, fault } = asked;
  const address = addressOf(state, appid, { to, url });
  const now = state.clock.now();
  const content = { ...(media && mediaFields(state, { ...media, appid })), ...message };
  const complete = Object.keys(content).length === 0 ? { Content: "hello" } : content;
  return state.mp.callbacks.send(accountCallback({ appid }, address, complete, now, fault));
}

/** Asks an account's address for an echostr, as when it is set. Rejects with TypeError if the account has none. */
export async function verifyAccountAddress(
  state: EmulatorState,
  appid: string = credentials.mp.appid,
): Promise<boolean> {
  return verifyAddress(addressOf(state, appid, {}), state.clock.now());
}

function addressOf(
  { mp }: EmulatorState,
  appid: string,
  { to, url }: { to?: CallbackAddress["to"] | undefined; url?: string | undefined },
): CallbackAddress {
  check(oneOf(mp.accounts.appids()), appid, "appid");
  const messages = mp.accounts.get(appid)?.messages;
  if (messages === undefined) {
    throw new TypeError(
      `The account ${appid} has no address for messages; seed it with messages: { to or url, token }.`,
    );
  }
  if (to !== undefined) return { ...messages, to, ...(url !== undefined && { url }) };
  if (url === undefined) return messages;
  const { to: _, ...elsewhere } = messages;
  return { ...elsewhere, url };
}

function mediaFields(state: EmulatorState, media: UserMedia): XmlFields {
  const MediaId = keepUserMedia(state, media);
  const { type } = media;
  if (type === "image") {
    const PicUrl = `http://mmbiz.qpic.cn/mmbiz_jpg/${MediaId.slice(0, 32)}/0`;
    return { MsgType: type, PicUrl, MediaId };
  }
  if (type === "voice") return { MsgType: type, MediaId, Format: "amr" };
  const ThumbMediaId = keepUserMedia(state, { appid: media.appid, type: "image" } as UserMedia);
  return { MsgType: type, MediaId, ThumbMediaId };
}
