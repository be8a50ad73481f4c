import { miniProgramCard, miniProgramLink, videoFrame } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";

const target = { appid: "wx123123123", path: "pages/index/index" };
const imageurl = "http://mmbiz.qpic.cn/mmbiz/demo/0";

describe("videoFrame", () => {
  it.each([
    "",
    "wxv_",
    "apiv_",
    "api_1",
    "1084581467361148928",
    `wxv_1"><script>`,
    "wxv_1 ",
    undefined,
  ])("refuses %j", (vid) => {
    expect(() => videoFrame(vid as string)).toThrow(/vid must be wxv_ or apiv_ followed by/);
  });
});

describe("miniProgramCard", () => {
  it.each([
    ["[publish.68]", { appid: "123" }, /appid must be wx/],
    ["[publish.68]", { appid: "wx1 2" }, /appid must be wx/],
    ["[publish.68]", { path: " " }, /path must be a string/],
    ["[publish.69]", { title: undefined }, /title must be a string/],
    ["[publish.70]", { imageurl: "demo.jpg" }, /imageurl must be an http or https address/],
    ["[publish.70]", { imageurl: "javascript:alert(1)" }, /imageurl must be/],
    ["[publish.70]", { imageurl: `${imageurl} a` }, /imageurl must be/],
  ])("%s refuses %j", (_, wrong, message) => {
    const input = { ...target, title: "小程序示例", imageurl, ...wrong };
    expect(() => miniProgramCard(input as typeof input & { title: string })).toThrow(message);
  });
});

describe("miniProgramLink", () => {
  it.each([
    ["[publish.66]", { text: "" }, /text must be a string/],
    ["[publish.67]", { imageurl: "a.png" }, /imageurl must be/],
    ["[publish.68]", { text: "a", appid: "" }, /appid must be wx/],
    ["[publish.68]", { text: "a", path: "" }, /path must be a string/],
    ["[publish.67]", {}, /imageurl must be/],
  ])("%s refuses %j", (_, wrong, message) => {
    expect(() => miniProgramLink({ ...target, ...wrong } as never)).toThrow(message);
  });
});
