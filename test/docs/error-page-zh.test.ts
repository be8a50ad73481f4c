// docs/zh-CN/errors.md lists every message in English, as it is printed, and says in Chinese what it means and what to do. UPDATE_DOCS=1 writes it anew.

import { describe, expect, it } from "vitest";
import { errorGuides } from "./error-guide.ts";
import { type ChineseErrorGuide, chineseAdvice, chineseGuides } from "./error-guide-zh.ts";
import {
  adviceByErrcode,
  messagesOf,
  type PageLanguage,
  pageAt,
  writtenPage,
} from "./error-page.ts";

/** English within Chinese, and nothing in it to escape but what ends a cell. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}

const chinese: PageLanguage<ChineseErrorGuide> = {
  intro: `# 错误信息

[English](../errors.md)

每条报错的原文、含义、原因和处理办法。报错是英文的：复制其中不带名字和数字的一段，在本页搜索。\`{name}\` 这样的占位，抛出时换成实际的值。本页按源码自动生成，并由测试核对。

\`@wechat-edge/core\` 的 \`isWechatError(error)\` 能收窄未知的值，之后 \`switch (error.code)\` 就知道每一类有哪些字段；装了两份 core，或错误经过 Worker 的 RPC，也照样能用。\`retryable\` 表示同样的调用过一会儿再试，有没有可能成功。中止后，抛出的就是 \`signal.reason\`，和 \`fetch\` 一样。报错里不会出现密钥、access_token 和 AppSecret。

[微信支付](wechat-pay.md) · [公众号](official-account.md) · [测试](testing.md) · [日志](logging.md)`,
  guides: chineseGuides,
  heading: (errorClass, code, { title }) =>
    `${errorClass}${code === undefined ? "" : `（\`${code}\`）`}：${title}`,
  summary: ({ about, cause, cure }) =>
    `${about}\n\n常见原因：${cause}${cure === "" ? "" : `怎么办：${cure}`}`,
  errcodes: {
    heads: ["errcode", "报错末尾的提示", "含义与原因", "怎么办"],
    row: (errcode, advice) => [
      String(errcode),
      code(advice),
      ...(chineseAdvice[errcode] ?? ["", ""]),
    ],
  },
  messages: {
    heads: ["报错原文", "含义与原因", "怎么办"],
    row: (text, { rows }) => [code(text), ...(rows[text] ?? ["", ""])],
  },
};

describe("docs/zh-CN/errors.md", () => {
  it("is up to date", () => {
    const written = writtenPage(chinese);
    expect(pageAt("docs/zh-CN/errors.md", written)).toBe(written);
  });

  it("has a section for each class", () => {
    expect(Object.keys(chineseGuides).sort()).toEqual(Object.keys(errorGuides).sort());
  });

  it("has advice for the errcodes that the message has advice for", () => {
    const errcodes = adviceByErrcode().map(([errcode]) => errcode);
    expect(Object.keys(chineseAdvice).map(Number)).toEqual(errcodes);
  });
});

describe.each(Object.entries(chineseGuides))("%s in Chinese", (errorClass, { rows }) => {
  const messages = messagesOf(errorClass);

  it("has a row for each message", () => {
    expect(messages.filter((message) => rows[message] === undefined)).toEqual([]);
  });

  it("has no row for a message that is gone", () => {
    expect(Object.keys(rows).filter((message) => !messages.includes(message))).toEqual([]);
  });
});
