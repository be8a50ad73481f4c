// Chinese pages read as Chinese developers write, and show what the English ones show.

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import {
  chineseOf,
  chinesePages,
  englishOf,
  root,
  sharedBy,
  sharedByChinese,
} from "./chinese/pages.ts";
import { faultsOf, wrongWordsOf } from "./chinese/words.ts";
import { linksOf } from "./links.ts";

const GITHUB = "https://github.com/wechat-edge/wechat-edge/blob/main/";
const read = (path: string): string => readFileSync(join(root, path), "utf8");

it("finds the Chinese pages", () => {
  expect(chinesePages()).toEqual(
    expect.arrayContaining(["README.zh-CN.md", "docs/zh-CN/wechat-pay.md"]),
  );
});

describe.each(chinesePages())("%s", (path) => {
  const page = read(path);
  const english = englishOf(path);

  it("is set as Chinese is", () => {
    expect(faultsOf(page)).toEqual([]);
  });

  it("calls things by the words of the glossary", () => {
    expect(wrongWordsOf(page)).toEqual([]);
  });

  it("has the headings and the code of its English page", () => {
    const shared = sharedBy(read(english));
    expect(sharedByChinese(page, shared)).toEqual(shared);
  });

  it("links to its English page first, which links back", () => {
    expect(target(path, linksOf(page)[0])).toBe(english);
    expect(target(english, linksOf(read(english))[0])).toBe(path);
  });

  it("links to Chinese pages where there are some", () => {
    const [, ...files] = linksOf(page).map((link) => target(path, link) ?? "");
    expect(files.filter((file) => chineseOf(file) !== undefined)).toEqual([]);
  });
});

it.each(["SECURITY.md", ...globSync(".github/**/*.zh-CN.yml", { cwd: root })])(
  "%s calls things by the words of the glossary",
  (path) => {
    expect(wrongWordsOf(read(path))).toEqual([]);
  },
);

/** The file below the root that a link in a page leads to; undefined for other sites. */
function target(path: string, link = ""): string | undefined {
  const [address = ""] = link.split("#");
  if (address.startsWith(GITHUB)) return address.slice(GITHUB.length);
  if (/^[a-z]+:/.test(address)) return undefined;
  return address === "" ? path : relative(root, join(root, dirname(path), address));
}

describe("faults of setting", () => {
  const wrong: [string, string][] = [
    ["half-width mark", "先检查,再上传。"],
    ["half-width mark", "公众号 (服务号)"],
    ["half-width mark", "公众号(`appid`)"],
    ["half-width mark", "去掉 `fetch`, 就是微信"],
    ["half-width mark", "## 回调通知: 验签"],
    ["half-width mark", "再试一次."],
    ["half-width mark", "| 接口 | 每天 1,000 次; 之后 45009 |"],
    ["half-width mark", "见 [测试](a.md), [日志](b.md)"],
    ["no space", "用Node运行"],
    ["no space", "等5 分钟"],
    ["no space", "传`fetch`即可"],
    ["no space", "达到 100%后"],
    ["no space", "见[README](a.md)。"],
    ["half-width quotes", '点 "更换" 之后'],
    ["half-width quotes", "选'永久素材'。"],
    ["not WeChat's word, which is 素材", "上传媒体文件。"],
  ];
  it.each(wrong)("%s: %s", (fault, line) => {
    expect(faultsOf(line).map((text) => text.split(": ")[1])).toContain(fault);
  });

  it.each([
    "先检查，再上传（每天 1,000 次）；见 [测试](a,b.md) 和 [`fetch`](c.md)。",
    '`操作过快,请稍后重试` 会重试，`签名"错误"` 不会。',
    "```ts\nconst a = 1; // 去掉fetch,就是微信\n```",
    "> ```sh\n> npm run pack # 打包,安装\n> ```",
    "<!-- 说明,不显示 -->",
    "打开【账户中心 → API安全】，点“更换”。",
    "**尚未发布。** 请从源码构建：",
    "| Workers, Deno | 每天 | 10:30 |",
    "https://example.com/?a=1，100% 通过。",
    "发布库依据《媒体API文档》，见媒体API。",
    "旧接口叫“上传下载多媒体文件”。",
  ])("none: %s", (line) => {
    expect(faultsOf(line)).toEqual([]);
  });

  it("says the line and the words", () => {
    expect(faultsOf("# 题\n\n```ts\na\n```\n\n甲,`b`")).toEqual(["7: half-width mark: 甲,`…`"]);
  });
});

describe("words that the glossary has others for", () => {
  it.each([
    ["应答", "微信的回包"],
    ["请求体、应答体", "空包体"],
    ["额度", "当天配额用完"],
    ["中控服务器", "交给 token 中控"],
    ["图文", "| 文章页面 |"],
    ["断点", "用 checkpoint 继续"],
    ["后缀", "要带扩展名"],
    ["官方文档、社区反馈、推测", "扩展名是假定"],
    ["应答", "```ts\nf(); // 回包丢失\n```"],
  ])("%s: %s", (use, line) => {
    expect(wrongWordsOf(line).join()).toContain(`${use}, not `);
  });

  it.each([
    "微信写的是 `成功后用户删除所有文章`，见【文章管理】。",
    "断点（checkpoint）之后只写断点；后缀（扩展名）同。",
    "中控服务器返回 access_token。",
  ])("none: %s", (line) => {
    expect(wrongWordsOf(line)).toEqual([]);
  });
});

describe("what two pages share", () => {
  const block = (code: string): string => `\`\`\`ts\n${code}\n\`\`\`\n`;
  const isShared = (english: string, chinese: string): void => {
    expect(sharedByChinese(chinese, sharedBy(english))).toEqual(sharedBy(english));
  };

  it("is their headings, code and output, not their comments", () => {
    isShared(
      `## A\n${block('// Why.\nlet a = "https://b"; // x\n\nconsole.log(a); // 1')}\`\`\`sh\nls # all\n\`\`\``,
      `## 甲\n${block('let a = "https://b"; // 某\nconsole.log(a); // 1')}\`\`\`sh\n# 全部\nls\n\`\`\``,
    );
  });

  it("may be told in Chinese by the reader's own program", () => {
    isShared(
      block('console.log(1, "bytes"); // 1 bytes'),
      block('console.log(1, "字节"); // 1 字节'),
    );
    isShared(
      block('<button type="submit">Send</button>'),
      block('<button type="submit">上传</button>'),
    );
  });

  it.each([
    ["code", "let a = 1;", "let a = 2;"],
    ["a string", 'f("a.jpg");', 'f("b.jpg");'],
    ["a tag", "<p>Send</p>", "<b>上传</b>"],
    ["an output", "console.log(a); // 1", "console.log(a); // 2"],
    ["what WeChat says", "console.log(a); // 操作过快,请", "console.log(a); // 操作过快，请"],
    ["a block", "f();", "f();\n```\n```ts\nf();"],
  ])("is not when %s differs", (_, english, chinese) => {
    expect(() => isShared(block(english), block(chinese))).toThrow();
  });

  it("counts headings of each depth, and none in code", () => {
    expect(sharedBy("# a\n## b\n```sh\n# c\n```\n### d").headings).toEqual(["#", "##", "###"]);
  });
});
