import { addMaterial } from "@wechat-edge/mp-media";
import {
  addDraft,
  addNews,
  checkArticle,
  type Finding,
  miniProgramLink,
} from "@wechat-edge/mp-publish";
import { readHtml } from "@wechat-edge/mp-publish/html";
import { describe, expect, it } from "vitest";
import {
  type ArticleCase,
  articleCases,
  card,
  content,
  draft,
  frame,
  good,
  images,
  OWN_PICTURE,
  VID,
} from "../../../../test/support/article-cases.ts";
import { media } from "../../../../test/support/media.ts";
import { mpInProcess } from "../../../../test/support/mp.ts";

function check({ target = "publish-library", article, facts }: Partial<ArticleCase>): Finding[] {
  return checkArticle({ ...good, ...article }, { target, readHtml, ...facts });
}

describe("checkArticle finds", () => {
  for (const [
    what,
    { rule, severity = "error", path, message, sent: _, holds = "", ...given },
  ] of Object.entries(articleCases)) {
    it(`${holds} ${what}`.trim(), () => {
      const findings = check(given).filter((finding) => finding.rule === rule);
      expect(findings).toEqual([
        {
          rule,
          severity,
          path: path ?? expect.stringMatching(/^articles\[0\]\.\w+$/),
          message: expect.stringMatching(message),
          suggestion: expect.stringMatching(/^\S.*\.$/),
          evidence: expect.stringMatching(/^(?:documented|reported|assumed)$/),
          source: expect.stringMatching(/^(?:https:\/\/\S+|媒体API文档|新增草稿|全局返回码)$/),
        },
      ]);
    });
  }

  it.each([0, 2])(
    "[publish.45] %i articles for the publish library: it takes one at a time",
    (count) => {
      const [finding] = checkArticle(
        Array.from({ length: count }, () => good),
        {
          target: "publish-library",
          readHtml,
        },
      );
      expect(finding).toMatchObject({ rule: "article-count", severity: "error", path: "articles" });
      expect(finding?.message).toBe(`There must be exactly one article, not ${count}.`);
    },
  );

  it("no article for a draft", () => {
    const findings = checkArticle([], { target: "draft" });
    expect(findings).toMatchObject([{ rule: "article-count", severity: "error" }]);
  });

  it("what an empty digest becomes only of an article on its own, as others have none", () => {
    const article = { ...good, digest: undefined };
    const rules = (count: number) =>
      checkArticle(
        Array.from({ length: count }, () => article),
        { target: "draft", readHtml },
      ).map(({ rule }) => rule);
    expect(rules(1)).toEqual(["digest-empty"]);
    expect(rules(2)).toEqual([]);
  });

  it("the misprint of a card alone, not its consequences too", () => {
    const { article } = articleCases["a card with data-progarm-imageurl"] ?? {};
    expect(check({ article: { ...article } }).map(({ rule }) => rule)).toEqual(["card-typo"]);
  });

  it("several faults at once", () => {
    const article = {
      title: "",
      digest: "字".repeat(200),
      content: "<script></script><img src=a>",
    };
    const rules = check({ article }).map(({ rule }) => rule);
    expect(rules).toEqual(["required", "digest-length", "image-foreign", "script"]);
  });
});

describe("sent all the same", () => {
  for (const [what, { target, article, sent, holds }] of Object.entries(articleCases)) {
    const rules = holds === undefined || sent === "taken" ? "" : `${holds} `;
    it(`${rules}${what}: ${sent}`, async () => {
      // As the documents have it.
      const { mp, emulator } = mpInProcess({}, { draftTitle: 32, unicodeEscapes: "refuse" });
      const { appid } = mp;
      emulator.control.seed({ accounts: [{ appid, pay: false }] });
      const cover = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
      const articles = [{ ...good, thumb_media_id: cover.media_id, ...article }];
      const { news, drafts } = emulator.control;
      if (typeof sent === "number") {
        const sending = target === "draft" ? addDraft(mp, { articles }) : addNews(mp, { articles });
        await expect(sending).rejects.toMatchObject({ code: "ERR_MP_API", errcode: sent });
        return;
      }
      await (target === "draft" ? addDraft(mp, { articles }) : addNews(mp, { articles }));
      const kept = target === "draft" ? drafts.list()[0]?.warnings[0] : news.list()[0]?.warnings;
      expect(kept?.length === 0).toBe(sent === "taken");
    });
  }
});

describe("checkArticle finds nothing wrong with", () => {
  const fine: Record<string, Partial<ArticleCase>> = {
    "a good article for the publish library": {},
    "a good article for a draft": { target: draft },
    "[publish.94] [publish.95] [publish.96] what is just allowed in the publish library": {
      article: { title: "字".repeat(64), digest: "字".repeat(120), author: "字".repeat(16) },
    },
    "what is just allowed in a draft": {
      target: draft,
      article: {
        title: "字".repeat(32),
        digest: "字".repeat(128),
        author: "字".repeat(16),
        content: "字".repeat(19_999),
        content_source_url: `https://example.com/${"x".repeat(1004)}`,
        need_open_comment: 1,
        only_fans_can_comment: 1,
      },
    },
    "emoji, which count as one": { target: draft, article: { title: "🏮".repeat(32) } },
    "pictures of WeChat": {
      article: content(`<img src="${OWN_PICTURE}" data-src="http://mmbiz.qlogo.cn/mmbiz/a/0">`),
    },
    "[publish.54] links of an account with the right": {
      article: content('<a href="https://example.com/">'),
      facts: { rights: { pay: true } },
    },
    "a mini-program link of an account without it": {
      article: content(
        miniProgramLink({ appid: "wx123123123", path: "pages/index", text: "点击文字跳转小程序" }),
      ),
      facts: { rights: { pay: false } },
    },
    "[publish.52] an App Store address as it must be": {
      article: { content_source_url: "https://itun.es/cn/abc#wechat_redirect" },
    },
    "[publish.52] an App Store address with the misprint of 媒体API文档": {
      article: { content_source_url: "https://itunes.es/cn/abc#wechat_redirect" },
    },
    "[publish.63] an approved video": {
      article: content(frame),
      facts: { videos: [{ vid: VID, status: 3 }] },
    },
    "a frame of something else": {
      article: content('<iframe data-src="https://v.qq.com/x?vid=a">'),
    },
    "[publish.71] a card whose picture has the right size": {
      article: content(card),
      facts: { images },
    },
    "scripts, links and pictures that are none": {
      article: content(
        '<!-- <script> <a href=x> <img src=a> --><p title="<img src=a>" data-on="x">',
      ),
      facts: { rights: { pay: false } },
    },
    "a vid in something else than a frame": { article: content(`<p data-mpvid="${VID}">`) },
    "a title that speaks of javascript:": { article: content('<p title="javascript: a history">') },
    "a picture message": {
      target: draft,
      article: {
        article_type: "newspic",
        thumb_media_id: undefined,
        digest: undefined,
        content: "正文",
        image_info: { image_list: [{ image_media_id: "a" }] },
      },
    },
  };
  for (const [what, given] of Object.entries(fine)) {
    it(what, () => {
      expect(check(given)).toEqual([]);
    });
  }
});

describe("without readHtml", () => {
  for (const [what, given] of Object.entries(articleCases)) {
    it(`the small scanner agrees: ${what}`, () => {
      const { target = "publish-library", article, facts } = given;
      const findings = checkArticle({ ...good, ...article }, { target, ...facts });
      expect(findings).toEqual(check(given));
    });
  }
});
