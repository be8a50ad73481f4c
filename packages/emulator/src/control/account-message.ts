import type { CallbackAddress } from "../mp/callbacks/address.ts";
import type { CallbackFault } from "../mp/callbacks/callback.ts";
import type { XmlFields } from "../mp/callbacks/xml.ts";
import type { UserMedia } from "./user-sends.ts";

/** A message or an event that WeChat sends to an account. */
export interface AccountMessage {
  /** The account. Default: the demo account. */
  appid?: string;
  /** Receives it in this process, in place of `messages.to` of the account. */
  to?: CallbackAddress["to"];
  /** Where to POST it, in place of `messages.url` of the account. */
  url?: string;
  /**
   * Its fields, by their names on the wire. Default: a text. ToUserName, FromUserName, CreateTime and MsgId are filled
   * in.
   */
  message?: XmlFields;
  /** A file that a follower sends: MsgType, MediaId and the other fields of the message are filled in. */
  media?: Omit<UserMedia, "appid">;
  /** Applies to the first attempt; those after it are as they must be. */
  fault?: CallbackFault;
}
