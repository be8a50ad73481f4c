import { miniProgramCard, miniProgramLink, videoFrame } from "@wechat-edge/mp-publish";
import { readHtml } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";

const target = { appid: "wx123123123", path: "pages/index/index" };
const imageurl = "http://mmbiz.qpic.cn/mmbiz/demo/0";
const HOSTILE = `"><script>alert('1')</script>&amp;`;

describe("videoFrame", () => {
  it("[publish.62] is the sample of 媒体API文档", () => {
    expect(videoFrame("wxv_1084581467361148928")).toBe(
      '<iframe class="video_iframe rich_pages" data-vidtype="2" data-mpvid="wxv_1084581467361148928" allowfullscreen="" frameborder="0" data-src="https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&mpvid=wxv_1084581467361148928"></iframe>',
    );
  });

  it("reads back as that address, though & stands unescaped", () => {
    const [tag] = readHtml(videoFrame("wxv_1")).tags;
    expect(tag?.attributes.get("data-src")).toBe(
      "https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&mpvid=wxv_1",
    );
  });
});

describe("miniProgramCard", () => {
  it("[publish.65] [publish.70] is the sample of 媒体API文档, without its misprint", () => {
    const card = miniProgramCard({ ...target, title: "小程序示例", imageurl });
    expect(card).toBe(
      '<mp-miniprogram data-miniprogram-appid="wx123123123" data-miniprogram-path="pages/index/index" data-miniprogram-title="小程序示例" data-miniprogram-imageurl="http://mmbiz.qpic.cn/mmbiz/demo/0"></mp-miniprogram>',
    );
  });

  it("escapes what it is given", () => {
    const path = `pages/a?b=${HOSTILE}`;
    const url = `${imageurl}?a=1&b='"<>`;
    const { tags, text } = readHtml(
      miniProgramCard({ ...target, path, title: HOSTILE, imageurl: url }),
    );
    expect(text).toBe("");
    expect(tags.map(({ name }) => name)).toEqual(["mp-miniprogram"]);
    expect(Object.fromEntries(tags[0]?.attributes ?? [])).toEqual({
      "data-miniprogram-appid": "wx123123123",
      "data-miniprogram-path": path,
      "data-miniprogram-title": HOSTILE,
      "data-miniprogram-imageurl": url,
    });
  });

  it("[publish.69] takes a title of 35 characters, emoji among them, and no more", () => {
    miniProgramCard({ ...target, title: "🏮".repeat(35), imageurl });
    const long = () => miniProgramCard({ ...target, title: "字".repeat(36), imageurl });
    expect(long).toThrow(RangeError);
    expect(long).toThrow(/36 characters; a mini-program card may have at most 35/);
  });
});

describe("miniProgramLink", () => {
  it("[publish.66] opens by a string as in 媒体API文档, with the end that its sample has lost", () => {
    expect(miniProgramLink({ ...target, text: "点击文字跳转小程序" })).toBe(
      '<p><a data-miniprogram-appid="wx123123123" data-miniprogram-path="pages/index/index" href="">点击文字跳转小程序</a></p>',
    );
  });

  it("[publish.67] opens by a picture", () => {
    expect(miniProgramLink({ ...target, imageurl })).toBe(
      '<p><a data-miniprogram-appid="wx123123123" data-miniprogram-path="pages/index/index" href=""><img data-src="http://mmbiz.qpic.cn/mmbiz/demo/0"></a></p>',
    );
  });

  it("escapes what it is given", () => {
    const { tags, text } = readHtml(miniProgramLink({ ...target, path: HOSTILE, text: HOSTILE }));
    expect(text).toBe(HOSTILE);
    expect(tags.map(({ name }) => name)).toEqual(["p", "a"]);
    expect(tags[1]?.attributes.get("data-miniprogram-path")).toBe(HOSTILE);
  });
});
