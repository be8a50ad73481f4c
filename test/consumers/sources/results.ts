// What comes back: of which type, and that it does not change.

import {
  type Attempt,
  type encryptSensitive,
  type Inspection,
  type JsonObject,
  type MpClient,
  mpRequest,
  type PayClient,
  payRequest,
  type Source,
} from "@wechat-edge/core";
import {
  addMaterial,
  checkMedia,
  type countMaterial,
  downloadMedia,
  getMaterial,
  type keepMedia,
  listMaterial,
  type MediaMessage,
  type MediaReply,
  type MediaType,
  refreshKeptMedia,
  type uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";
import {
  type addDraft,
  getDraft,
  type listDrafts,
  type queryVideoStatus,
  uploadVideoMaterial,
} from "@wechat-edge/mp-publish";
import { uploadImage, type uploadMarketingImage, uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { mp, pay, source, store } from "./accepted.ts";
import type { Same } from "./same.ts";

type Result<Work extends (...args: never) => Promise<unknown>> = Awaited<ReturnType<Work>>;

/** Whether no field can be assigned to. */
type Frozen<T> = T extends unknown ? Same<T, Readonly<T>> : never;

export const frozen: readonly true[] = [
  true satisfies Frozen<Result<typeof uploadImage>>,
  true satisfies Frozen<Result<typeof uploadMarketingImage>>,
  true satisfies Frozen<Result<typeof encryptSensitive>>,
  true satisfies Frozen<Result<typeof uploadMedia>>,
  true satisfies Frozen<Result<typeof addMaterial>>,
  true satisfies Frozen<Result<typeof getMaterial>>,
  true satisfies Frozen<Result<typeof listMaterial>>,
  true satisfies Frozen<Result<typeof countMaterial>>,
  true satisfies Frozen<Result<typeof uploadArticleImage>>,
  true satisfies Frozen<Result<typeof keepMedia>>,
  true satisfies Frozen<Result<typeof refreshKeptMedia>>,
  true satisfies Frozen<Result<typeof downloadMedia>>,
  true satisfies Frozen<Result<typeof downloadPayFile>>,
  true satisfies Frozen<Result<typeof addDraft>>,
  true satisfies Frozen<Result<typeof listDrafts>>,
  true satisfies Frozen<Result<typeof queryVideoStatus>>,
  true satisfies Frozen<Result<typeof uploadVideoMaterial>>,
  true satisfies Frozen<MpClient>,
  true satisfies Frozen<Omit<PayClient, "sign" | "verify">>,
  true satisfies Frozen<Omit<Source, "read">>,
  true satisfies Frozen<Attempt>,
  true satisfies Frozen<Inspection>,
];
// @ts-expect-error: what the check above would say of a field that can be assigned to
true satisfies Frozen<{ media_id: string }>;

export async function replies(type: MediaType): Promise<void> {
  const wechatPay = await pay("", "", null as never);
  const account = await mp("", null as never);
  const path = "/v3/applyment4sub/applyment/";

  const plain = await payRequest(wechatPay, { method: "POST", path, body: {} });
  true satisfies Same<typeof plain, JsonObject>;
  // @ts-expect-error: of which type it is, nobody has said
  plain["applyment_id"].toFixed();
  interface Applyment {
    applyment_id: number;
  }
  const claimed = await payRequest<Applyment>(wechatPay, { method: "POST", path, body: {} });
  true satisfies Same<typeof claimed, Applyment>;
  claimed.applyment_id.toFixed();
  // @ts-expect-error: no such field
  claimed.applymentId;
  // @ts-expect-error: a reply is an object
  payRequest<number>(wechatPay, { method: "GET", path });

  const menu = await mpRequest(account, { method: "GET", path: "/cgi-bin/menu/get" });
  true satisfies Same<typeof menu, JsonObject>;
  const count = await mpRequest<{ image_count: number }>(account, { method: "GET", path });
  count.image_count.toFixed();
  // @ts-expect-error: no such field
  count.video_count;

  const file = await uploadPayFile<{ media_id: string }>(wechatPay, { path }, source);
  file.media_id.trim();

  const bill = await payRequest<{ download_url: string; hash_type: string; hash_value: string }>(
    wechatPay,
    { method: "GET", path },
  );
  const { body, digest } = await downloadPayFile(wechatPay, bill);
  await body.getReader().read();
  digest?.value.trim();
  // @ts-expect-error: a file is not known by its media_id
  downloadPayFile(wechatPay, { media_id: "A" });

  const { format, width } = await checkMedia({ type }, source);
  format.trim();
  width?.toFixed();
  // @ts-expect-error: the type is a field, as in uploadMedia
  checkMedia("image", source);

  await addMaterial(account, { type: "image" }, source);
  const description = { title: "A", introduction: "B" };
  await addMaterial(account, { type: "video", description }, source);
  // @ts-expect-error: a video has a description
  addMaterial(account, { type: "video" }, source);
  // @ts-expect-error: a picture has none
  addMaterial(account, { type: "image", description }, source);

  const stream = { name: "a.jpg", size: 3, stream: null as never };
  await uploadMedia(account, { type: "image" }, stream);
  await uploadImage(wechatPay, { ...stream, sha256: "00" });
  // @ts-expect-error: WeChat Pay wants the digest before the stream
  uploadImage(wechatPay, stream);

  const [kept] = await refreshKeptMedia(account, [{ type: "image", file: source }], { store });
  if (kept?.ok) kept.media_id.trim();
  // @ts-expect-error: what failed has no media_id
  else kept?.media_id;

  const download = await downloadMedia(account, { media_id: "A" });
  // @ts-expect-error: of a video there is an address alone
  download.body;
  if (download.kind === "video_url") download.video_url.trim();

  const material = await getMaterial(account, { media_id: "A" });
  // @ts-expect-error: of a video and of articles there is no body
  material.body;
  if (material.kind === "video") material.vid?.trim();
  if (material.kind === "news") material.news_item[0]?.thumb_media_id?.trim();

  const files = await listMaterial(account, { type: "image", offset: 0, count: 20 });
  files.item[0]?.name.trim();
  // @ts-expect-error: files have no articles
  files.item[0]?.content;
  const news = await listMaterial(account, { type: "news", offset: 0, count: 20 });
  news.item[0]?.content.news_item[0]?.title.trim();
  // @ts-expect-error: articles have no name
  news.item[0]?.name;
  // @ts-expect-error: a thumb is listed as a picture
  listMaterial(account, { type: "thumb", offset: 0, count: 20 });

  const [article] = (await getDraft(account, { media_id: "A" })).news_item;
  article?.thumb_media_id?.trim();
  // @ts-expect-error: drafts made by hand have no cover
  article?.thumb_media_id.trim();
  if (article?.article_type === "newspic") {
    article.image_info.image_list[0]?.image_media_id.trim();
    article.cover_info?.crop_percent_list[0]?.ratio.trim();
    article.product_info?.footer_product_info.product_key.trim();
  }

  const video = await uploadVideoMaterial(account, { title: "A" } as never, source);
  if (video.done) video.vid.trim();
  else video.checkpoint.v.toFixed();
}

const touser = "o";
export const messages: readonly MediaMessage[] = [
  { touser, msgtype: "mpnewsarticle", mpnewsarticle: { article_id: "A" } },
  {
    touser,
    msgtype: "miniprogrampage",
    miniprogrampage: { title: "A", appid: "wx", pagepath: "p", thumb_media_id: "A" },
  },
  { touser, msgtype: "text", text: { content: "A" } },
  { touser, msgtype: "news", news: { articles: [{ title: "A", url: "https://a.example/" }] } },
  { touser, msgtype: "msgmenu", msgmenu: { list: [{ id: "1", content: "A" }] } },
  { touser, msgtype: "wxcard", wxcard: { card_id: "A" } },
  { touser, msgtype: "video", video: { media_id: "A" } },
  // @ts-expect-error: mpnews has a media_id, and mpnewsarticle an article_id
  { touser, msgtype: "mpnews", mpnews: { article_id: "A" } },
  // @ts-expect-error: the field is named by msgtype
  { touser, msgtype: "text", image: { media_id: "A" } },
];

const head = { ToUserName: "o", FromUserName: "gh", CreateTime: 1 };
export const passive: readonly MediaReply[] = [
  { ...head, MsgType: "text", Content: "A" },
  { ...head, MsgType: "news", Articles: [{ Title: "A", Url: "https://a.example/" }] },
  { ...head, MsgType: "transfer_customer_service" },
  { ...head, MsgType: "transfer_customer_service", TransInfo: { KfAccount: "a@b" } },
  // @ts-expect-error: an article has an address
  { ...head, MsgType: "news", Articles: [{ Title: "A" }] },
];
