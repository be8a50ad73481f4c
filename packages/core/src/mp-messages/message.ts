import type { EventMessage } from "./event.ts";
import type { MessageHead } from "./message-head.ts";

/** What every message but an event has. */
export interface FollowerMessageHead extends MessageHead {
  /** The same for every time that WeChat sends this message. 64 bits, so it is a text. */
  readonly MsgId: string;
  /** Of a message from an article: the article, `msgid_index`. */
  readonly MsgDataId?: string;
  /** Of a message from an article of several: which one. */
  readonly Idx?: string;
}

/** 文本消息 */
export interface TextMessage extends FollowerMessageHead {
  readonly MsgType: "text";
  readonly Content: string;
  /** The entry of a menu message (`msgmenu`) that was tapped. */
  readonly bizmsgmenuid?: string;
}

/** 图片消息. `MediaId` is temporary media: `downloadMedia` of `@wechat-edge/mp-media` takes it. */
export interface ImageMessage extends FollowerMessageHead {
  readonly MsgType: "image";
  readonly PicUrl: string;
  readonly MediaId: string;
}

/** 语音消息 */
export interface VoiceMessage extends FollowerMessageHead {
  readonly MsgType: "voice";
  readonly MediaId: string;
  /** `amr`, `speex` and so on. */
  readonly Format: string;
  /** The same voice in better quality. */
  readonly MediaId16K?: string;
  /** What was said, where speech recognition is switched on. */
  readonly Recognition?: string;
}

/** 视频消息, 小视频消息 */
export interface VideoMessage extends FollowerMessageHead {
  readonly MsgType: "video" | "shortvideo";
  readonly MediaId: string;
  readonly ThumbMediaId: string;
}

/** 地理位置消息 */
export interface LocationMessage extends FollowerMessageHead {
  readonly MsgType: "location";
  /** Latitude. */
  readonly Location_X: number;
  /** Longitude. */
  readonly Location_Y: number;
  readonly Scale: number;
  readonly Label: string;
}

/** 链接消息 */
export interface LinkMessage extends FollowerMessageHead {
  readonly MsgType: "link";
  readonly Title: string;
  readonly Description: string;
  readonly Url: string;
}

/**
 * A message or an event, with the names of the wire. WeChat has more types than these and adds others: `MsgType` and
 * `Event` may be any text, and such a message has the fields it came with.
 */
export type WechatMessage =
  | TextMessage
  | ImageMessage
  | VoiceMessage
  | VideoMessage
  | LocationMessage
  | LinkMessage
  | EventMessage;
