import type { MessageHead } from "./message-head.ts";

interface EventHead extends MessageHead {
  readonly MsgType: "event";
}

/** 关注; by a QR code with a scene, `EventKey` is `qrscene_` and the scene. */
export interface SubscribeEvent extends EventHead {
  readonly Event: "subscribe";
  readonly EventKey?: string;
  readonly Ticket?: string;
}

/** 取消关注 */
export interface UnsubscribeEvent extends EventHead {
  readonly Event: "unsubscribe";
  readonly EventKey?: string;
}

/** A follower scanned a QR code with a scene. */
export interface ScanEvent extends EventHead {
  readonly Event: "SCAN";
  readonly EventKey: string;
  readonly Ticket: string;
}

/** 上报地理位置 */
export interface LocationEvent extends EventHead {
  readonly Event: "LOCATION";
  readonly Latitude: number;
  readonly Longitude: number;
  readonly Precision: number;
}

/** 自定义菜单: a tap on a menu. */
export interface MenuEvent extends EventHead {
  readonly Event: "CLICK" | "VIEW" | "view_miniprogram";
  readonly EventKey: string;
  readonly MenuId?: string;
}

/** 自定义菜单: a QR code or barcode was scanned. */
export interface ScanCodeEvent extends EventHead {
  readonly Event: "scancode_push" | "scancode_waitmsg";
  readonly EventKey: string;
  readonly ScanCodeInfo: { readonly ScanType: string; readonly ScanResult: string };
}

/** 自定义菜单: pictures were chosen; the pictures come as messages. */
export interface PicturesEvent extends EventHead {
  readonly Event: "pic_sysphoto" | "pic_photo_or_album" | "pic_weixin";
  readonly EventKey: string;
  readonly SendPicsInfo: {
    readonly Count: number;
    readonly PicList: { readonly item: readonly { readonly PicMd5Sum: string }[] };
  };
}

/** 自定义菜单: a place was chosen. */
export interface LocationSelectEvent extends EventHead {
  readonly Event: "location_select";
  readonly EventKey: string;
  readonly SendLocationInfo: {
    readonly Location_X: number;
    readonly Location_Y: number;
    readonly Scale: number;
    readonly Label: string;
    readonly Poiname: string;
  };
}

/** 模板消息: whether one was delivered: `success`, `failed:user block` or `failed: system failed`. */
export interface TemplateSentEvent extends EventHead {
  readonly Event: "TEMPLATESENDJOBFINISH";
  readonly MsgID: string;
  readonly Status: string;
}

/** 群发: the end of a mass message: `send success`, `send fail` or `err(num)`. */
export interface MassSentEvent extends EventHead {
  readonly Event: "MASSSENDJOBFINISH";
  readonly MsgID: string;
  readonly Status: string;
  readonly TotalCount: number;
  readonly FilterCount: number;
  readonly SentCount: number;
  readonly ErrorCount: number;
  readonly CopyrightCheckResult?: {
    readonly Count: number;
    readonly ResultList: {
      readonly item: readonly {
        readonly ArticleIdx: number;
        readonly [field: string]: unknown;
      }[];
    };
    readonly CheckState: number;
  };
  readonly ArticleUrlResult?: {
    readonly Count: number;
    readonly ResultList: {
      readonly item: readonly { readonly ArticleIdx: number; readonly ArticleUrl: string }[];
    };
  };
}

/** 发布: the end of a publication, as `freepublish/get` tells it. */
export interface PublishEvent extends EventHead {
  readonly Event: "PUBLISHJOBFINISH";
  readonly PublishEventInfo: {
    readonly publish_id: string;
    /** 0 published, 2 to 6 as in 发布状态轮询接口. */
    readonly publish_status: number;
    readonly article_id?: string;
    readonly article_detail?: {
      readonly count: number;
      readonly item: readonly { readonly idx: number; readonly article_url: string }[];
    };
    /** The numbers of the articles that failed, from 1. */
    readonly fail_idx?: readonly number[];
  };
}

/** 事件推送 */
export type EventMessage =
  | SubscribeEvent
  | UnsubscribeEvent
  | ScanEvent
  | LocationEvent
  | MenuEvent
  | ScanCodeEvent
  | PicturesEvent
  | LocationSelectEvent
  | TemplateSentEvent
  | MassSentEvent
  | PublishEvent;
