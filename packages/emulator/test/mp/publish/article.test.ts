import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/index.ts";
import { APPID, file, type MpClient, material } from "../mp-client.ts";
import {
  type ArticleClient,
  type Opened,
  openArticles,
  ownVideo,
  png,
  temporaryCover,
} from "./article-client.ts";

// One article, as the publish library and the drafts take it.

const KINDS = ["upload", "draft"] as const;
type Kind = (typeof KINDS)[number];
const LIMITS = {
  upload: { title: 64, digest: 120, autoDigest: 64 },
  draft: { title: 64, digest: 128, autoDigest: 54 },
} as const;

const stored = ({ control }: Opened, kind: Kind) =>
  kind === "upload"
    ? control.news.list().at(-1)?.article
    : control.drafts.list().at(-1)?.articles[0];
const warnings = ({ control }: Opened, kind: Kind) =>
  kind === "upload"
    ? control.news.list().at(-1)?.warnings
    : control.drafts.list().at(-1)?.warnings[0];

/** What is kept of a content. */
async function kept(opened: Opened, kind: Kind, content: string): Promise<string | undefined> {
  const answer = await opened.mine[kind]({ content });
  expect(answer.errcode).toBeUndefined();
  return stored(opened, kind)?.content;
}

const errcode = async (client: ArticleClient, kind: Kind, change: object) =>
  (await client[kind](change)).errcode;

describe.each(KINDS)("an article, %s:", (kind) => {
  const { title, digest, autoDigest } = LIMITS[kind];

  it.each([
    [{ title: "" }, 41011],
    [{ title: "  " }, 41011],
    [{ title: undefined }, 41011],
    [{ content: "" }, 44004],
    [{ content: undefined }, 44004],
    [{ thumb_media_id: "" }, kind === "draft" ? 40007 : 41006],
    [{ thumb_media_id: undefined }, kind === "draft" ? 40007 : 41006],
    [{ thumb_media_id: "x" }, 40007],
    [{ thumb_media_id: 5 }, 40007],
    [{ title: 5 }, 47001],
    [{ content: ["a"] }, 47001],
    [{ title: "字".repeat(title + 1) }, 45003],
    [{ title: "🎉".repeat(title + 1) }, 45003],
    [{ digest: "字".repeat(digest + 1) }, 45004],
    [{ content: "字".repeat(20_000) }, 45002],
    [{ content_source_url: `https://example.com/${"a".repeat(1005)}` }, 45005],
    [{ content_source_url: "example.com" }, 41039],
    [{ content_source_url: "ftp://example.com/" }, 41039],
    [{ content_source_url: "https://itun.es/a" }, 41039],
    [{ content_source_url: "https://appsto.re/a#other" }, 41039],
    [{ need_open_comment: 2 }, 40097],
    [{ need_open_comment: true }, 40097],
    [{ only_fans_can_comment: "1" }, 40097],
  ])("%j is %i", async (change, expected) => {
    const opened = openArticles();
    expect(await errcode(opened.mine, kind, change)).toBe(expected);
    expect(stored(opened, kind)).toBeUndefined();
  });

  it.each([
    { title: "🎉".repeat(title) },
    { digest: "🎉".repeat(digest) },
    { content: "🎉".repeat(19_999) },
    { content_source_url: "https://itun.es/a#wechat_redirect" },
    { content_source_url: "http://example.com/a?b#c" },
    { content_source_url: `https://example.com/${"a".repeat(1004)}` },
    { need_open_comment: 1, only_fans_can_comment: 0 },
    { author: undefined, digest: undefined, content_source_url: "" },
    { unknown: "field" },
  ])("takes %j", async (change) => {
    expect(await errcode(openArticles().mine, kind, change)).toBeUndefined();
  });

  it("fills an empty digest with the beginning of the text", async () => {
    const opened = openArticles();
    const text = "🎉".repeat(70);
    await kept(opened, kind, `<script>x</script><p>${text}</p>`);
    expect(stored(opened, kind)?.digest).toBe("🎉".repeat(autoDigest));
    await opened.mine[kind]({ digest: "摘要" });
    expect(stored(opened, kind)?.digest).toBe("摘要");
  });

  it("keeps its fields", async () => {
    const opened = openArticles();
    const change = {
      digest: "摘要",
      content_source_url: "https://example.com/",
      need_open_comment: 1,
      only_fans_can_comment: 1,
      ...(kind === "upload" && { show_cover_pic: 1 }),
    };
    await opened.mine[kind](change);
    const more = kind === "draft" ? { article_type: "news" } : {};
    expect(stored(opened, kind)).toEqual({
      title: "河流",
      author: "作者",
      content: "<p>正文</p>",
      thumb_media_id: await opened.mine.cover(),
      ...change,
      ...more,
    });
  });

  it("has a cover that is permanent, a picture, and the account's own", async () => {
    const { mine, other } = openArticles();
    const thumb = (await material(mine.mp, "thumb")).json.media_id;
    expect(await errcode(mine, kind, { thumb_media_id: thumb })).toBeUndefined();
    const voice = { filename: "a.amr", bytes: file("amr-12.2.amr") };
    const ids = [
      await temporaryCover(mine.mp),
      await other.cover(),
      (await material(mine.mp, "voice", voice)).json.media_id,
    ];
    for (const thumb_media_id of ids) {
      expect(await errcode(mine, kind, { thumb_media_id })).toBe(40007);
    }
  });

  describe("scripts", () => {
    it.each([
      ["a<script>x</script>b", "ab"],
      ["a<SCRIPT src=x></SCRIPT >b<script>c", "ab"],
      // The end of none, which is nothing to a browser.
      ["a<script>x</script></script>b", "a</script>b"],
      ['<p onclick="x" class=a onLoad=y>b</p>', "<p class=a>b</p>"],
      ['<a href=" javascript:x">b</a>', "<a>b</a>"],
      ["<script>a</script><script>b</script>c", "c"],
    ])("go from %j", async (content, left) => {
      const opened = openArticles();
      expect(await kept(opened, kind, content)).toBe(left);
      expect(warnings(opened, kind)?.[0]).toMatch(/^removed a script/);
    });
  });

  describe("pictures", () => {
    const contents = (url: string): string[] => [
      `<img src="${url}">`,
      `<img data-src='${url}'>`,
      `<img srcset="${url} 1x, ${url} 2x">`,
      `<p style="color:red;background:url(${url})">x</p>`,
      `<picture><source srcset="${url}"></picture>`,
    ];

    it("of the account's own stay", async () => {
      const opened = openArticles();
      const { mine } = opened;
      const url = await mine.picture();
      const library = (await material(mine.mp, "image")).json.url;
      const forms = [url, url.replace("http:", "https:"), url.replace("http:", ""), library];
      forms.push(url.replace(/\/0$/, "/640?wx_fmt=png"), library.replace("qpic", "qlogo"));
      for (const content of forms.flatMap(contents)) {
        expect(await kept(opened, kind, content)).toBe(content);
      }
      expect(warnings(opened, kind)).toEqual([]);
    });

    it("of elsewhere are taken out", async () => {
      const opened = openArticles();
      const foreign = await opened.other.picture();
      const random = `https://mmbiz.qpic.cn/mmbiz/${"a".repeat(86)}/0`;
      const forms = ["https://example.com/a.png", foreign, random, "data:image/png;base64,AA=="];
      for (const url of [...forms, "a.png"]) {
        const left: unknown[] = [];
        for (const content of contents(url)) left.push(await kept(opened, kind, `x${content}`));
        expect(left).toEqual([
          "x",
          "x",
          "x",
          'x<p style="color:red;background:none">x</p>',
          "x<picture><source></picture>",
        ]);
      }
      await kept(opened, kind, 'x<img src="https://example.com/a.png" alt="b">');
      expect(warnings(opened, kind)).toEqual([
        'removed a picture that this account has not uploaded: src="https://example.com/a.png"',
      ]);
    });

    it("without an address are let be", async () => {
      const opened = openArticles();
      const content =
        '<img alt=""><img src=""><p style="color:red">x</p><a href="https://a/">y</a>';
      expect(await kept(opened, kind, content)).toBe(content);
    });

    it("of elsewhere are refused where foreignPictures says so", async () => {
      const { mine } = openArticles({ foreignPictures: "refuse" });
      for (const content of contents("https://example.com/a.png")) {
        const { errcode, errmsg } = await mine[kind]({ content });
        expect([errcode, errmsg]).toEqual([
          45166,
          expect.stringMatching(/^invalid content: picture/),
        ]);
      }
      const content = `<img src="${await mine.picture()}">`;
      expect(await errcode(mine, kind, { content })).toBeUndefined();
    });
  });

  it("has links only with the right to payments; one to a mini program does not count as one", async () => {
    const { mine, control } = openArticles({ accounts: [{ appid: APPID, pay: false }] });
    const link = { content: '<p><a href="https://example.com/">x</a></p>' };
    const mini = '<a data-miniprogram-appid="wx1" data-miniprogram-path="p" href="">x</a>';
    expect(await errcode(mine, kind, link)).toBe(45166);
    expect((await mine[kind](link)).errmsg).toMatch(/^invalid content: link/);
    expect(await errcode(mine, kind, { content: mini })).toBeUndefined();
    expect(await errcode(mine, kind, { content: '<a href="">x</a><a name="a">' })).toBeUndefined();
    control.seed({ accounts: [{ appid: APPID, pay: true }] });
    expect(await errcode(mine, kind, link)).toBeUndefined();
  });

  it("shows videos of the account that are approved, and no others", async () => {
    const opened = openArticles();
    const { mine, other } = opened;
    const vid = await ownVideo(opened, mine);
    const player =
      "https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo";
    const frames = (id: string) => [
      `<iframe class="video_iframe" data-mpvid="${id}" data-src="${player}&auto=0&mpvid=${id}"></iframe>`,
      `<iframe data-src="${player}&amp;auto=0&amp;vid=${id}"></iframe>`,
      `<iframe src="${player}&mpvid=${id}"></iframe>`,
    ];
    for (const content of frames(vid)) {
      expect(await kept(opened, kind, content)).toBe(content);
    }
    const statuses = await Promise.all(
      [0, 2, 4, 5, 9, 10].map((status) => ownVideo(opened, mine, status)),
    );
    const unknown = "wxv_123456789012345678";
    for (const id of [...statuses, await ownVideo(opened, other), unknown]) {
      for (const content of frames(id)) {
        const answer = await mine[kind]({ content });
        expect(answer.errcode).toBe(45166);
        expect(answer.errmsg).toMatch(/^invalid content: video/);
      }
    }
  });

  describe("a mini program's card", () => {
    const card = (change: Record<string, string | undefined>, name = "mp-miniprogram") => {
      const attributes = {
        "data-miniprogram-appid": "wx1",
        "data-miniprogram-path": "pages/index",
        "data-miniprogram-title": "小程序",
        ...change,
      };
      const written = Object.entries(attributes).flatMap(([key, value]) =>
        value === undefined ? [] : [` ${key}="${value}"`],
      );
      return { content: `<${name}${written.join("")}></${name}>` };
    };
    const IMAGE = "data-miniprogram-imageurl";
    const own = ({ mp }: { mp: MpClient }, width: number, height: number) =>
      material(mp, "image", { filename: "a.png", bytes: png(width, height) });

    it("needs appid, path, a title of up to 35 letters, and a picture", async () => {
      const { mine } = openArticles();
      const image = (await own(mine, 1080, 864)).json.url;
      const whole = { [IMAGE]: image, "data-miniprogram-title": "🎉".repeat(35) };
      expect(await errcode(mine, kind, card(whole))).toBeUndefined();
      expect(await errcode(mine, kind, card(whole, "mp-common-miniprogram"))).toBeUndefined();
      const wrong = [
        { "data-miniprogram-title": "字".repeat(36) },
        { "data-miniprogram-title": " " },
        { "data-miniprogram-title": undefined },
        { "data-miniprogram-appid": "" },
        { "data-miniprogram-path": undefined },
        { [IMAGE]: undefined },
        { [IMAGE]: "" },
      ];
      for (const change of wrong) {
        for (const name of ["mp-miniprogram", "mp-common-miniprogram"]) {
          const answer = await mine[kind](card({ ...whole, ...change }, name));
          expect(answer.errcode).toBe(45166);
          expect(answer.errmsg).toMatch(/^invalid content: miniprogram/);
        }
      }
      const link = { content: '<a data-miniprogram-appid="wx1" href="">x</a>' };
      expect(await errcode(mine, kind, link)).toBe(45166);
    });

    it("has a picture of 1080 × 864, where that was uploaded here", async () => {
      const opened = openArticles();
      const { mine } = opened;
      for (const [width, height] of [
        [1080, 863],
        [864, 1080],
        [1, 1],
      ] as const) {
        const { url } = (await own(mine, width, height)).json;
        expect(await errcode(mine, kind, card({ [IMAGE]: url }))).toBe(45166);
      }
      const { url } = (await own(mine, 1080, 864)).json;
      expect(await errcode(mine, kind, card({ [IMAGE]: url }))).toBeUndefined();
      expect(warnings(opened, kind)).toEqual([]);
      await mine[kind](card({ [IMAGE]: "https://example.com/a.png" }));
      expect(warnings(opened, kind)).toEqual([
        "this account has not uploaded the picture of the mini program card: https://example.com/a.png",
      ]);
    });

    it("may have the picture under the name that a sample of WeChat has", async () => {
      const opened = openArticles();
      const { mine } = opened;
      const image = (await own(mine, 1080, 864)).json.url;
      const typo = { "data-progarm-imageurl": image };
      expect(await errcode(mine, kind, card(typo))).toBeUndefined();
      expect(warnings(opened, kind)).toEqual([expect.stringContaining("data-progarm-imageurl")]);
      const small = { "data-progarm-imageurl": (await own(mine, 5, 5)).json.url };
      expect(await errcode(mine, kind, card(small))).toBe(45166);
    });
  });

  it("of no object, or in no list, is 44003", async () => {
    const { mine } = openArticles();
    const path = kind === "upload" ? "publish/uploadnews" : "draft/add";
    for (const articles of [undefined, {}, [], [null], ["a"], [[]]]) {
      expect((await mine.post(path, { articles })).errcode).toBe(44003);
    }
  });
});

describe("what one kind of article has and the other has not", () => {
  it("show_cover_pic is 0 or 1, in the publish library", async () => {
    const opened = openArticles();
    for (const wrong of [2, "1", null]) {
      expect(await errcode(opened.mine, "upload", { show_cover_pic: wrong })).toBe(40097);
    }
    await opened.mine.upload();
    expect(stored(opened, "upload")?.show_cover_pic).toBe(0);
    await opened.mine.draft({ show_cover_pic: 2 });
    expect(stored(opened, "draft")).not.toHaveProperty("show_cover_pic");
  });

  it("an author has up to 16 letters, in drafts", async () => {
    const { mine } = openArticles();
    expect(await errcode(mine, "draft", { author: "字".repeat(16) })).toBeUndefined();
    expect(await errcode(mine, "draft", { author: "字".repeat(17) })).toBe(45110);
    expect(await errcode(mine, "upload", { author: "字".repeat(100) })).toBeUndefined();
  });
});

describe("options", () => {
  it.each([
    [{ foreignPictures: "keep" }, "foreignPictures"],
    [{ unicodeEscapes: "accept" }, "unicodeEscapes"],
    [{ publishIdType: "text" }, "publishIdType"],
    [{ newsPerDay: -1 }, "newsPerDay is -1"],
    [{ newsPerDay: 1.5 }, "newsPerDay is 1.5"],
    [{ articleOrigin: "x" }, 'articleOrigin is "x"'],
    [{ articleOrigin: "http://a/b" }, 'articleOrigin is "http://a/b"'],
    [{ articleOrigin: "ftp://a" }, 'articleOrigin is "ftp://a"'],
  ])("%j is refused", (options, text) => {
    expect(() => createEmulator(options as never)).toThrow(text);
  });
});
