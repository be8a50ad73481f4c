import {
  createMpClient,
  type Fetch,
  type MpClient,
  type MpRequest,
  mpRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials, type Emulator, type Fault } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import {
  addMaterial,
  getMaterial,
  type MediaMessage,
  type MediaReply,
  mediaReplyXml,
  sendMedia,
  uploadMedia,
} from "@wechat-edge/mp-media";
import { addDraft, getDraft, submitPublication, waitForPublication } from "@wechat-edge/mp-publish";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

type Options = NonNullable<Parameters<typeof createEmulator>[0]>;

function client(options: Options = {}): { mp: MpClient; emulator: Emulator } {
  const emulator = createEmulator({ errmsgTail: "none", review: { publication: 0 }, ...options });
  const { fetch, control } = emulator;
  const sleep = async (): Promise<void> => undefined;
  return {
    mp: createMpClient({ ...credentials.mp, fetch, now: control.clock.now, sleep }),
    emulator,
  };
}

type Material = Awaited<ReturnType<typeof getMaterial>>;

/** What it is, and for a file whether all of it came. */
async function shown(material: Material): Promise<string> {
  if (material.kind === "news") return `articles: ${JSON.stringify(material.news_item)}`;
  if (material.kind === "video") {
    const { title, description, vid = "none" } = material;
    return `video: ${JSON.stringify({ title, description, vid: vid.replace(/\d+/, "…") })}`;
  }
  const { name, type, body } = material;
  const { byteLength } = await new Response(body).arrayBuffer();
  return `file: ${type}, ${byteLength} bytes, named …${name.slice(name.lastIndexOf("."))}`;
}

const got = (
  input: string,
  add: (mp: MpClient, emulator: Emulator) => Promise<string> | string,
  fault?: Fault,
  options: Options = {},
): FieldCase => ({
  input,
  async run() {
    const { mp, emulator } = client(options);
    const media_id = await add(mp, emulator);
    emulator.control.journal.clear();
    if (fault) emulator.control.faults.add(fault);
    return outcome(async () => shown(await getMaterial(mp, { media_id })), emulator);
  },
});

const added =
  (type: "image" | "voice" | "thumb", name: string) =>
  async (mp: MpClient): Promise<string> =>
    (await addMaterial(mp, { type }, sampleFile(name as "cover.jpg"))).media_id;

const cover = added("image", "cover.jpg");

const video = async (mp: MpClient): Promise<string> => {
  const description = { title: "街", introduction: "雨" };
  return (await addMaterial(mp, { type: "video", description }, sampleFile("clip.mp4"))).media_id;
};

/** A POST whose first reply is lost, to a server that answers any other with `{}`. */
const lost = (
  input: string,
  path: string,
  query: MpRequest["query"] = {},
  method: "POST" | "GET" = "POST",
): FieldCase => ({
  input,
  async run() {
    let sent = 0;
    const fetch: Fetch = async () => {
      sent += 1;
      if (sent === 1) throw new TypeError("fetch failed");
      return new Response("{}");
    };
    const mp = createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: () => "token",
      fetch,
      sleep: async () => undefined,
    });
    const told = await mpRequest(mp, {
      method,
      path,
      query,
      ...(method === "POST" && { body: {} }),
    }).then(
      () => "taken",
      (error: Error) => `**${error.name}**`,
    );
    return `${told}, ${sent} ${sent === 1 ? "request" : "requests"}`;
  },
});

const post = (path: string): FieldCase => lost(`\`${path}\``, path);

const touser = "oIx26e3b4a1c0d9f857abcdefghi";

const sent = (
  input: string,
  message: (mp: MpClient) => Promise<MediaMessage> | MediaMessage,
): FieldCase => ({
  input,
  async run() {
    const { mp, emulator } = client();
    const what = await message(mp);
    return outcome(async () => {
      await sendMedia(mp, what);
      return `sent: ${emulator.control.messages.map(({ msgtype }) => msgtype).join()}`;
    });
  },
});

/** The article_id of an article that was published. */
async function published(mp: MpClient): Promise<string> {
  const thumb_media_id = await cover(mp);
  const articles = [{ thumb_media_id, title: "街", content: "<p>雨</p>" }];
  const { media_id } = await addDraft(mp, { articles });
  const { publish_id } = await submitPublication(mp, { media_id });
  return (await waitForPublication(mp, { publish_id })).article_id ?? "";
}

const replied = (input: string, reply: object): FieldCase => ({
  input,
  run() {
    const head = { ToUserName: "o", FromUserName: "gh", CreateTime: 1_389_793_969 };
    return outcome(() => {
      const xml = mediaReplyXml({ ...head, ...reply } as MediaReply);
      return `\`${xml.slice(xml.indexOf("<MsgType>"), -"</xml>".length)}\``;
    });
  },
});

/** An article of a reply to draft/get, with what of it is typed. */
const stored = (input: string, article: object): FieldCase => ({
  input,
  run() {
    const { mp, emulator } = client();
    const body = { news_item: [article] };
    emulator.control.faults.add({
      kind: "reply-json",
      body,
      match: { path: "/cgi-bin/draft/get" },
    });
    return outcome(async () => {
      const [item] = (await getDraft(mp, { media_id: "m" })).news_item;
      const pictures = item?.article_type === "newspic" ? item.image_info.image_list.length : 0;
      return `cover ${JSON.stringify(item?.thumb_media_id)}, ${pictures} pictures`;
    });
  },
});

export const mpCallRows: readonly FieldRow[] = [
  {
    id: "M14",
    about: "Permanent material is fetched",
    evidence:
      "documented; a Content-Type of text/plain and no file name are reported ([easywechat#290](https://github.com/w7corp/easywechat/issues/290)), so is the `vid` of a video ([1](https://developers.weixin.qq.com/community/develop/doc/000ec656f881e0d6f5303c05c6b000)).",
    cases: [
      got("a picture", cover),
      got("a voice in AMR", added("voice", "voice.amr")),
      got("a thumb", added("thumb", "thumb.jpg")),
      got("a video", video),
      got("articles that were written by hand", (_, { control }) =>
        control.addMaterialNews({ news_item: [{ title: "街", thumb_media_id: "" }] }),
      ),
      got("a picture as text/plain without a name", cover, undefined, { materialHeaders: "text" }),
      got("a voice in AMR as text/plain without a name", added("voice", "voice.amr"), undefined, {
        materialHeaders: "text",
      }),
      got("a picture that breaks off", cover, { kind: "truncated" }),
      got("a picture that breaks off each time", cover, { kind: "truncated", times: 0 }),
      got("a picture whose reply is lost", cover, { kind: "cut", at: "before" }),
      got("a picture while the server is busy", cover, { kind: "mp-error", errcode: -1 }),
      got("a page in place of the picture", cover, { kind: "html", status: 200 }),
      got("a media_id of temporary media", async (mp) => {
        const { media_id } = await uploadMedia(mp, { type: "image" }, sampleFile("picture.png"));
        return media_id;
      }),
    ],
  },
  {
    id: "M15",
    about: "The reply to a POST of `mpRequest` is lost",
    evidence:
      "it concerns this library alone. What only reads is told by WeChat's names; what is not known counts as changing something.",
    cases: [
      post("/cgi-bin/material/batchget_material"),
      post("/cgi-bin/material/get_material"),
      post("/cgi-bin/draft/batchget"),
      post("/cgi-bin/freepublish/getarticle"),
      post("/cgi-bin/user/info/batchget"),
      post("/cgi-bin/comment/list"),
      post("/cgi-bin/openapi/quota/get"),
      post("/datacube/getusersummary"),
      lost("`/cgi-bin/draft/switch?checkonly=1`", "/cgi-bin/draft/switch", { checkonly: 1 }),
      post("/cgi-bin/draft/switch"),
      lost("`…/upload_video?action=query_status`", "/cgi-bin/material/upload_video", {
        action: "query_status",
      }),
      lost("`…/upload_video?action=save_video`", "/cgi-bin/material/upload_video", {
        action: "save_video",
      }),
      post("/cgi-bin/clear_quota"),
      post("/cgi-bin/qrcode/create"),
      post("/cgi-bin/tags/members/batchtagging"),
      post("/wxa/business/getuserphonenumber"),
      post("/shop/order/getpaymentparams"),
      post("/channels/ec/order/virtualtelnumber/get"),
      post("/channels/ec/product/listing"),
      post("/wxa/sec/vod/listmedia"),
      lost("a GET of `/cgi-bin/menu/get`", "/cgi-bin/menu/get", {}, "GET"),
      lost("a GET of `/wxa/undocodeaudit`", "/wxa/undocodeaudit", {}, "GET"),
    ],
  },
  {
    id: "M21",
    about: "Messages, replies and articles whose types were missing",
    evidence:
      "documented, the refusal of an `article_id` reported ([1](https://developers.weixin.qq.com/community/develop/doc/0008a2459f8ba825d51252f3865c00)), articles without a cover too ([2](https://developers.weixin.qq.com/community/develop/doc/000cc0992b47388a4abe66a4856800)).",
    cases: [
      sent("`mpnewsarticle`, by its article_id", async (mp) => ({
        touser,
        msgtype: "mpnewsarticle",
        mpnewsarticle: { article_id: await published(mp) },
      })),
      sent("`mpnews` with an article_id", async (mp) => ({
        touser,
        msgtype: "mpnews",
        mpnews: { media_id: await published(mp) },
      })),
      sent("`miniprogrampage`", async (mp) => ({
        touser,
        msgtype: "miniprogrampage",
        miniprogrampage: {
          title: "街",
          appid: "wx0123456789abcdef",
          pagepath: "pages/index",
          thumb_media_id: await cover(mp),
        },
      })),
      sent("`link`", () => ({
        touser,
        msgtype: "link",
        link: { title: "街", description: "灯", url: "https://example.com/", thumb_url: "" },
      })),
      sent("`text`", () => ({ touser, msgtype: "text", text: { content: "你好" } })),
      sent("`news`", () => ({
        touser,
        msgtype: "news",
        news: { articles: [{ title: "街", url: "https://example.com/" }] },
      })),
      sent("`msgmenu`", () => ({
        touser,
        msgtype: "msgmenu",
        msgmenu: { list: [{ id: "1", content: "好" }] },
      })),
      sent("`wxcard`", () => ({ touser, msgtype: "wxcard", wxcard: { card_id: "c" } })),
      sent("`video` without a thumb", async (mp) => ({
        touser,
        msgtype: "video",
        video: { media_id: await video(mp) },
      })),
      replied("a passive reply of `text`", { MsgType: "text", Content: "你好" }),
      replied("a passive reply of `news`", {
        MsgType: "news",
        Articles: [{ Title: "街", Url: "https://example.com/" }],
      }),
      replied("a passive reply of `transfer_customer_service`", {
        MsgType: "transfer_customer_service",
      }),
      stored("an article of a draft without `thumb_media_id`", { title: "t", content: "" }),
      stored("one with an empty `thumb_media_id`", { title: "t", content: "", thumb_media_id: "" }),
      stored("a picture message of a draft", {
        article_type: "newspic",
        title: "t",
        content: "",
        image_info: { image_list: [{ image_media_id: "a" }, { image_media_id: "b" }] },
      }),
    ],
  },
];
