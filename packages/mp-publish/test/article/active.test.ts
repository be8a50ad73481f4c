// What runs or loads a program is found however it is written, with both scanners.

import { describe, expect, it } from "vitest";
import { readHtml } from "../../src/html/read-html.ts";
import { checkArticle, type Finding } from "../../src/index.ts";

const found = (content: string, full: boolean): Finding[] =>
  checkArticle(
    { title: "a", content: `<p>街</p>${content}`, thumb_media_id: "x", digest: "d" },
    { target: "draft", rights: { pay: true }, ...(full && { readHtml }) },
  );
const SCANNERS = [
  ["the small scanner", false],
  ["the full scanner", true],
] as const;

/** The scheme of a script, as it may be written. */
const SCRIPTS = [
  "javascript:a()",
  "JaVaScRiPt:a()",
  "java\tscript:a()",
  "java\nscript:a()",
  "java\r\nscript:a()",
  "\u0001\u001f javascript:a()",
  `${" ".repeat(300)}javascript:a()`,
  "java&#9;script:a()",
  "java&#9script:a()",
  "java&#x9;script:a()",
  "java&#000009;script:a()",
  "java&#10;script:a()",
  "java&Tab;script:a()",
  "java&NewLine;script:a()",
  "javascript&colon;a()",
  "&#106;avascript:a()",
  "&#106avascript:a()",
  "&#x6A;avascript:a()",
  "&#X6a;avascript:a()",
  "vbscript:a()",
  "vb\tscript:a()",
  "VBScript&#58;a()",
  "livescript:a()",
  "mocha:a()",
];

describe.each(SCANNERS)("with %s, a script", (_, full) => {
  it.each(SCRIPTS)("%j is found in every attribute of an address", (script) => {
    for (const [element, attribute] of [
      ["a", "href"],
      ["area", "href"],
      ["a", "xlink:href"],
      ["iframe", "src"],
      ["iframe", "data-src"],
      ["img", "src"],
      ["form", "action"],
      ["button", "formaction"],
      ["object", "data"],
      ["body", "background"],
      ["video", "poster"],
      ["q", "cite"],
    ]) {
      for (const quote of ['"', "'"]) {
        const content = `<${element} ${attribute}=${quote}${script}${quote}>`;
        const { message, evidence } =
          found(content, full).find(({ rule }) => rule === "script") ?? {};
        expect(message, content).toMatch(
          new RegExp(`^WeChat removes ${attribute}="(?:javascript|vbscript|livescript|mocha):…"`),
        );
        expect(evidence).toBe("documented");
      }
    }
  });

  it("is no text, and no address of another scheme", () => {
    for (const content of [
      '<p title="javascript: the good parts">javascript:</p>',
      '<img alt="javascript:" src="https://mmbiz.qpic.cn/a?b=javascript:">',
      '<a href="https://example.com/#javascript:">a</a>',
      '<a href="javascripts:a">a</a>',
      '<a href="/javascript:a">a</a>',
    ]) {
      expect(
        found(content, full).map(({ rule }) => rule),
        content,
      ).not.toContain("script");
    }
  });
});

const ACTIVE: readonly (readonly [content: string, named: string])[] = [
  ['<iframe srcdoc="&lt;script>a()&lt;/script>">', "<iframe> with srcdoc"],
  ['<iframe data-src="https://v.qq.com/x" srcdoc="">', "<iframe> with srcdoc"],
  ['<meta http-equiv="refresh" content="0;url=https://a.example">', 'http-equiv="refresh"'],
  ['<META HTTP-EQUIV=" Refresh " content="0">', 'http-equiv="Refresh"'],
  ['<meta http-equiv="Set-Cookie" content="a=b">', 'http-equiv="Set-Cookie"'],
  ['<base href="https://a.example/">', "<base> with href"],
  ['<base target="_blank">', "<base> with target"],
  ['<svg><use href="https://a.example/b.svg#c"/></svg>', "<use> with href="],
  ['<svg><use xlink:href="data:image/svg+xml;base64,AAAA#c"/></svg>', "<use> with xlink:href="],
  ['<svg><USE HREF=" //a.example/b.svg"></svg>', "<use> with href="],
  ['<svg><image href="data:image/svg+xml,a"/></svg>', "<image> with href="],
  ['<svg><feImage href="https://a.example/b.svg"/></svg>', "<feimage> with href="],
  ['<svg><a><animate attributeName="href" to="x"/></a></svg>', "<animate> with attributeName"],
  ['<svg><a><set attributeName="xlink:href" to="x"/></a></svg>', "<set> with attributeName"],
  ['<svg><set attributeName="onload" to="a()"/></svg>', "<set> with attributeName"],
  ['<svg><animate attributeName="x" values="a;javascript:a()"/></svg>', "<animate> with"],
  ['<form><button formaction="https://a.example">a</button></form>', "<button> with formaction"],
  ['<form><input formaction="/a"></form>', "<input> with formaction"],
  ['<a href="https://a.example" ping="https://b.example">a</a>', "<a> with ping"],
  ['<a href="data:text/html,<script>a()</script>">a</a>', '<a> with href="data:…"'],
  ['<a href="DATA:\ttext/html;base64,AAAA">a</a>', '<a> with href="data:…"'],
  ['<a href="dat&#9;a:text/html,a">a</a>', '<a> with href="data:…"'],
  ['<iframe src="data:text/html,a">', '<iframe> with src="data:…"'],
  ['<iframe data-src="data:image/svg+xml,a">', '<iframe> with data-src="data:…"'],
  ['<object data="data:application/xhtml+xml,a">', '<object> with data="data:…"'],
  ['<embed src="data:text/xml,a">', '<embed> with src="data:…"'],
  ['<svg><a xlink:href="data:text/html,a"/></svg>', '<a> with xlink:href="data:…"'],
  ['<p style="width: expression(a())">', "<p> with style"],
  ['<p style="width: exp/**/ression(a())">', "<p> with style"],
  ['<p style="-moz-binding: url(https://a.example/b.xml)">', "<p> with style"],
  ['<p style="behavior:url(a.htc)">', "<p> with style"],
  ['<p style="background:url(javascript:a())">', "<p> with style"],
];

describe.each(SCANNERS)("with %s, active content", (_, full) => {
  it.each(ACTIVE)("%s is found", (content, named) => {
    const finding = found(content, full).find(({ rule }) => rule === "active-content");
    expect(finding?.message).toContain(named);
    // Nobody says what WeChat does with it.
    expect(finding).toMatchObject({ severity: "warning", evidence: "assumed" });
  });

  it("is nothing that articles have", () => {
    for (const content of [
      '<meta charset="utf-8">',
      '<svg><use href="#a"/><use xlink:href=" #b"/><use/></svg>',
      '<svg><image href="https://mmbiz.qpic.cn/a"/><image href="data:image/png;base64,AA"/></svg>',
      '<svg><animate attributeName="opacity" values="0;1"/><set attributeName="x" to="1"/></svg>',
      '<img src="data:image/svg+xml,a">',
      '<iframe data-src="https://v.qq.com/x">',
      '<p style="transition: x; background: url(https://mmbiz.qpic.cn/a)">',
      "<p>expression(a()) srcdoc</p>",
    ]) {
      expect(
        found(content, full).map(({ rule }) => rule),
        content,
      ).not.toContain("active-content");
    }
  });

  it("is one finding, which names three kinds and counts all", () => {
    // A frame takes in all that follows.
    const many = ACTIVE.map(([content]) => content)
      .filter((content) => !content.startsWith("<iframe"))
      .join("");
    const findings = found(many, full).filter(({ rule }) => rule === "active-content");
    expect(findings.length).toBe(1);
    expect(findings[0]?.message).toMatch(/and \d+ more \(\d+ times, first at character 8\)/);
  });
});

describe("a named character that every object has", () => {
  it.each(["constructor", "toString", "valueOf", "hasOwnProperty"])("&%s; is none", (name) => {
    const content = `<p title="&${name};">&${name};</p>`;
    expect(() => found(content, false)).not.toThrow();
    const [text] = [`&${name};`].map((entity) =>
      found(`<a href="ftp://${entity}">`, false).find(({ rule }) => rule === "link-target"),
    );
    expect(text?.message).toContain("ftp://\ufffd");
  });
});

it.each([
  ['<p style="color:red;/* beha\\vior:url(a)">x</p>', undefined],
  ['<p style="/* a */beha\\vior:url(a);/*">x</p>', "<p> with style"],
])("in %s a comment of the style hides nothing that browsers read", (content, named) => {
  const [finding] = found(content, false).filter(({ rule }) => rule === "active-content");
  if (named === undefined) expect(finding).toBeUndefined();
  else expect(finding?.message).toContain(named);
});
