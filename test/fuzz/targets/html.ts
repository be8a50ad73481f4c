// Contents of articles: HTML, srcset and CSS, read by both scanners and by the emulator.

import * as fc from "fast-check";
import { readHtml as emulatorReads } from "../../../packages/emulator/src/mp/publish/html-reader.ts";
import { scanFacts } from "../../../packages/mp-publish/src/article/check.ts";
import { encodeCssUrl, findCssUrls } from "../../../packages/mp-publish/src/html/css-urls.ts";
import { scanHtml as scanFully } from "../../../packages/mp-publish/src/html/full-scanner.ts";
import { scanHtml as scanLightly } from "../../../packages/mp-publish/src/html/light-scanner.ts";
import type { HtmlListener } from "../../../packages/mp-publish/src/html/listener.ts";
import { readHtml } from "../../../packages/mp-publish/src/html/read-html.ts";
import {
  findPictures,
  replacePictures,
} from "../../../packages/mp-publish/src/html/replace-pictures.ts";
import { encodeSrcsetUrl, findSrcsetUrls } from "../../../packages/mp-publish/src/html/srcset.ts";
import { brokenHtml, randomHtml } from "../../support/random-html.ts";
import { fuzzTarget, must } from "../fuzz-target.ts";
import { mutatedText } from "../mutations.ts";

// Shapes of the tokenizer tests of HTML parsers and of lists of XSS: the texts are made here.
const contents = [
  '<p style="background: url(a.png)">街</p><img src="a.jpg" srcset="b.png 1x, c.png 2x">',
  "<img src=a.png alt=it's data-src='b.png' onerror=x>&amp;&lt;&#x1F3EE;&notanentity;",
  "<svg><image href='d.png'/><title><![CDATA[<b>]]></title><script>x</script></svg>",
  "<script><!--<script></script>--></script><style>p{background:url('e.png')}</style>",
  '<iframe data-src="https://v.qq.com/x" srcdoc="&lt;img src=f.png&gt;"></iframe>',
  "<textarea><img src=no.png></textarea><title>x</title><plaintext><img src=no.png>",
  "<a href='java&#9;script:1'>x</a><meta http-equiv=refresh content='0;url=//x'><!-- video -->",
  "<table><tr><td><math><mi></mi></math></table></p></br><image src=g.png>",
  "<p a=\"1\" a='2' b=3 / c d=>< p></ p><!--a--!><!--><![if x]><?y?></>",
];
const tokens = [
  "<",
  "</",
  "/>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<img src=",
  "&#",
  "&amp",
  "url(",
  "<svg>",
  "<script>",
  '="',
];
const html = fc.oneof(
  mutatedText(contents, tokens),
  brokenHtml,
  randomHtml.map((one) => one.html),
);

type Scan = (html: string, listener: HtmlListener) => void;

/** Follows a scanner: every place that it tells lies in the text, in order. */
function follow(scan: Scan, text: string): void {
  let last = -1;
  scan(text, {
    onTag: ({ start, attributes }) => {
      must(start > last && start < text.length, `A tag at ${start} after ${last}.`);
      last = start;
      for (const { value, parts } of attributes.values()) {
        must(
          parts.map((part) => part.text).join("") === value,
          "A value is not that of its parts.",
        );
        const inside = parts.every((part) => part.start >= start && part.end <= text.length);
        must(inside, "A part lies outside of its tag.");
      }
    },
  });
}

export const htmlTargets = [
  fuzzTarget("HTML in both scanners", 500, html, (text) => {
    follow(scanLightly, text);
    follow(scanFully, text);
    for (const facts of [scanFacts(text), readHtml(text)]) {
      must(facts.text.length <= text.length, "More text than HTML.");
      must(facts.tags.length <= text.length / 2, "More tags than fit.");
    }
  }),
  fuzzTarget(
    "pictures replaced by themselves change nothing, by others nothing else",
    300,
    html,
    (text) => {
      for (const scan of [scanLightly, scanFully]) {
        const pictures = findPictures(text, scan);
        must(replacePictures(text, pictures, new Map()) === text, "Replaced without being asked.");
        const others = new Map(pictures.map(({ url }) => [url, "https://mmbiz.qpic.cn/x"]));
        const first = replacePictures(text, pictures, others);
        must(first.length <= text.length + pictures.length * 200, "Grew beyond its addresses.");
      }
    },
  ),
  fuzzTarget("HTML in the emulator", 500, html, (text) => {
    let end = 0;
    emulatorReads(text, {
      onTag: (tag) => {
        must(tag.start >= end && tag.end <= text.length, `A tag from ${tag.start} to ${tag.end}.`);
        end = tag.end;
        const inside = tag.attributes.every((one) => one.start >= tag.start && one.end <= tag.end);
        must(inside, "An attribute lies outside of its tag.");
      },
    });
  }),
  fuzzTarget(
    "srcset",
    1500,
    mutatedText(
      ["a.png 1x, b.png 2x", "a.png, b.png (1x, 2x) , ,c", "data:,x 1x", ",,a,, 1w,"],
      ["(", ")", ",", ", "],
    ),
    (srcset) => {
      let last = 0;
      for (const { start, end } of findSrcsetUrls(srcset)) {
        must(last <= start && start < end && end <= srcset.length, `From ${start} to ${end}.`);
        last = end;
        const url = srcset.slice(start, end);
        const again = findSrcsetUrls(`${encodeSrcsetUrl(url)} 1x`);
        must(again.length === 1, `An address that was written again is ${again.length} addresses.`);
      }
    },
  ),
  fuzzTarget(
    "CSS",
    1500,
    mutatedText(
      [
        "background: url(a.png)",
        'a:url("b\\"c.png");b:url( d.png )',
        "/* url(e) */ 'url(f)' my-url(g)",
        "url(h\\29 i)",
      ],
      ["url(", "URL( ", ")", "\\", "/*", "*/", '"', "'", "\\61 ", "\\\n"],
    ),
    (css) => {
      let last = 0;
      for (const { start, end, url, quote } of findCssUrls(css)) {
        must(last <= start && start < end && end <= css.length, `From ${start} to ${end}.`);
        last = end;
        const [again, more] = findCssUrls(`url(${quote}${encodeCssUrl(url, quote)}${quote})`);
        must(more === undefined, "An address that was written again is several.");
        // Browsers have made U+FFFD of it before they read CSS.
        if (url.includes("\0")) continue;
        must(
          url === "" || again?.url === url,
          `Wrote ${JSON.stringify(url)} as ${JSON.stringify(again?.url)}.`,
        );
      }
    },
  ),
];
