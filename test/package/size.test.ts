// The size budgets of a bundle, in bytes (1 KB = 1,000 bytes), minified and gzipped.

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

// The goals were 12 KB for core, 16 for the picture upload, 3 and 4 for the two media packages, and 8
// for mp-publish with all its calls, checks and the job. All are exceeded, by certificates, the
// explanation of refused signatures, tokens, downloads, kept media, and the checks of every argument
// with their messages; these hold the line where it stands now. What the field sends made it rise:
// keys in every form that people paste, keys in each other's place, foreign Responses, names as apps
// and object stores have them, and advice on WeChat Pay's answers would have taken the picture upload
// from 23.5 KB to 26.8. It is at 25.3, since calls that must not be done twice, encryption of fields and
// checks of rare options leave what does not use them, and WebCrypto imports keys without jose. An
// app's media upload went from 19.6 to 19.8 KB, core as a whole from 28.3 to 32.5.
//
// What Official Accounts meet made it rise again; in bytes:
// - An app's media upload, from 19,827 by 2,710: advice on twenty more errcodes 700 (on articles and on platforms it
//   would be 560 more, and comes with the calls that get it), MP3 behind tags and frames that are searched 620, JSON
//   that is almost JSON 370, foreign formats by name 290, names that get the extension of the content 370, options of
//   messages 150. A picture for an article, from 19,722 by 1,010, because it leaves sounds out (1,640).
// - The picture upload, from 25,291 by 500: foreign formats by name 290, ID3 tags among them 35, names with more faults.
// - core, from 32,496 by 3,070: the above without the names, and the advice of articles and platforms.
// - mp-media, from 5,329 by 1,340: the material library, getMaterial, replies of five more kinds, MP3 that come back.
// - mp-publish, from 21,029 by 11,820: of articles what WeChat strips 1,090, links 790, crops 800 and coverCrop, picture
//   messages 430, lazy pictures 1,300, sources 580, and by more inputs of each kind 1,230; of jobs picture messages and what is checked of them 730, names of
//   pictures 580, the check of a draft 550; previews, comments, events. An app of publishArticle went from 42,918 by
//   13,380; one of addDraft, which has none of that, from 12,363 by 1,480.
// Tables and texts are as short as they get: others of the same content, and code that repeats itself less, came out a
// few bytes smaller or larger once they were gzipped.
//
// What is never lost, done twice or believed wrongly made it rise once more: the picture upload from 25,810 by 2,940
// (certificates looked at in full and their dates, numbers of RSA keys, nonces, downloads bounded in number and time,
// hidden characters shown, headers checked), the media upload from 22,550 by 1,270, a job from 56,320 by 4,300 (attempts
// and their answers, what is told is looked up, a video begun anew), checkArticle from 14,750 by 890 (active content).
const CORE_OWN_BYTES = 39_430;
const OWN_BYTES = {
  "pay-media": 4_020,
  "pay-media/downloads": 2_970,
  "pay-media/endpoints": 2_250,
  "mp-media": 6_690,
  "mp-publish": 35_800,
  "mp-publish/html": 5_730,
};
const PAY_MEDIA_WHOLE_BYTES = 29_150;
const PAY_NOTIFICATIONS_BYTES = 8_140;
const MP_MESSAGES_BYTES = 7_220;
const MP_MEDIA_WHOLE_BYTES = 24_070;
/** Apps with a client of an Official Account and one other function. */
const MP_APP_BYTES = {
  "mp-media uploadArticleImage": 22_280,
  "mp-media addMaterial": 24_750,
  "mp-publish addDraft": 14_900,
  "mp-publish publishArticle": 60_880,
};
/** Without a client and the network. */
const CHECK_ARTICLE_BYTES = 15_640;
const MP_PLATFORM_BYTES = 20_900;
const MP_PLATFORM_ADDS_BYTES = 9_820;
/** What an entry adds to an app that has a client already. */
// With the line about a given certificate that has ended, 140.
const PAY_DOCTOR_ADDS_BYTES = 5_060;
const MP_DOCTOR_ADDS_BYTES = 3_650;

const dependencies = ["@noble/hashes", "leven"];

const PAY_APP = `
  import { createPayClient } from "@wechat-edge/core";
  import { uploadImage } from "@wechat-edge/pay-media";
  console.log(createPayClient, uploadImage);`;
const MP_APP = mpApp("mp-media uploadMedia");

/** What only one kind of app carries, by a mark in its bundle. */
const MARKS = {
  AES: /AES-CBC/,
  "CDATA sections": /<!\[CDATA\[/,
  platforms: /component_verify_ticket/,
  "the doctor": /checkMpClient/,
  comments: /cgi-bin\/comment\//,
  quotas: /openapi\/quota/,
  "the material library": /batchget_material/,
  "advice on articles": /need_open_comment/,
  "the check of articles": /checkArticle|removed-element/,
  "the job": /publishArticle/,
  sounds: /Xing/,
};
type Mark = keyof typeof MARKS;
const marksOf = (bundle: string): string[] =>
  Object.entries(MARKS)
    .filter(([, mark]) => mark.test(bundle))
    .map(([name]) => name);

describe("bundle size", () => {
  it("holds core's own code to its budget", async () => {
    expect(await bundledBytes("core", dependencies)).toBeLessThanOrEqual(CORE_OWN_BYTES);
  });

  it.each(Object.entries(OWN_BYTES))("holds %s's own code to %i bytes", async (name, bytes) => {
    const external = [...dependencies, "@wechat-edge/core", "@wechat-edge/mp-media", "htmlparser2"];
    expect(
      await bundledBytes(
        name,
        external.filter((other) => !`@wechat-edge/${name}`.startsWith(other)),
      ),
    ).toBeLessThanOrEqual(bytes);
  });

  it("holds an app's picture upload to its budget, with everything it needs", async () => {
    expect(await bundledBytesOf(PAY_APP, [])).toBeLessThanOrEqual(PAY_MEDIA_WHOLE_BYTES);
  });

  it("holds an app's media upload to its budget, with everything it needs", async () => {
    expect(await bundledBytesOf(MP_APP, [])).toBeLessThanOrEqual(MP_MEDIA_WHOLE_BYTES);
  });

  it.each(Object.entries(MP_APP_BYTES))("holds an app of %s to %i bytes", async (name, bytes) => {
    expect(await bundledBytesOf(mpApp(name), [])).toBeLessThanOrEqual(bytes);
  });

  it("holds checkArticle to its budget", async () => {
    const app = `export { checkArticle } from "@wechat-edge/mp-publish";`;
    expect(await bundledBytesOf(app, [])).toBeLessThanOrEqual(CHECK_ARTICLE_BYTES);
  });

  it.each<[name: string, carried: Mark[]]>([
    ["mp-media uploadMedia", ["sounds"]],
    ["mp-media uploadArticleImage", []],
    ["mp-publish addDraft", ["advice on articles"]],
    [
      "mp-publish publishArticle",
      ["CDATA sections", "advice on articles", "the check of articles", "the job", "sounds"],
    ],
    ["mp-publish openComments", ["comments", "advice on articles"]],
    ["mp-media mediaReplyXml", ["CDATA sections"]],
    ["mp-media listMaterial", ["the material library"]],
    ["core/mp-messages readMessage", ["AES", "CDATA sections"]],
    ["core/mp-platform createMpPlatform", ["platforms"]],
    ["core/mp-doctor checkMpClient", ["quotas", "the doctor"]],
    ["core/mp-doctor getQuota", ["quotas"]],
  ])("carries into an app of %s nothing but %j", async (name, carried) => {
    const bundle = await bundleOf(mpApp(name), []);
    expect(marksOf(bundle).sort()).toEqual(carried.sort());
  });

  it("holds what checkPayClient adds to a client, and a picture upload to nothing of it", async () => {
    const client = `export { createPayClient } from "@wechat-edge/core";`;
    const doctor = `export { checkPayClient } from "@wechat-edge/core/pay-doctor";`;
    const both = await bundledBytesOf(`${client}\n${doctor}`, dependencies);
    const added = both - (await bundledBytesOf(client, dependencies));
    expect(added).toBeLessThanOrEqual(PAY_DOCTOR_ADDS_BYTES);
    expect(await bundleOf(`${client}\n${doctor}`, dependencies)).toContain("checkPayClient");
    expect(await bundleOf(PAY_APP, [])).not.toContain("checkPayClient");
  });

  it("holds what checkMpClient adds to a client, and a media upload to nothing of it", async () => {
    const client = `export { createMpClient } from "@wechat-edge/core";`;
    const doctor = `export { checkMpClient } from "@wechat-edge/core/mp-doctor";`;
    const both = await bundledBytesOf(`${client}\n${doctor}`, dependencies);
    const added = both - (await bundledBytesOf(client, dependencies));
    expect(added).toBeLessThanOrEqual(MP_DOCTOR_ADDS_BYTES);
    expect(await bundleOf(`${client}\n${doctor}`, dependencies)).toContain("checkMpClient");
    expect(await bundleOf(MP_APP, [])).not.toContain("checkMpClient");
  });

  it("holds core/pay-notifications to its budget, and out of the picture upload", async () => {
    const entry = "core/pay-notifications";
    const whole = await bundledBytes(entry, dependencies);
    expect(whole).toBeLessThanOrEqual(PAY_NOTIFICATIONS_BYTES);
    const marks = /parsed and written again/;
    expect(await bundleOf(`export * from "@wechat-edge/${entry}";`, dependencies)).toMatch(marks);
    expect(await bundleOf(PAY_APP, [])).not.toMatch(marks);
  });

  it("holds core/mp-messages to its budget, and out of the media upload", async () => {
    const entry = "core/mp-messages";
    const whole = await bundledBytes(entry, dependencies);
    expect(whole).toBeLessThanOrEqual(MP_MESSAGES_BYTES);
    const marks = /AES-CBC/;
    expect(await bundleOf(`export * from "@wechat-edge/${entry}";`, dependencies)).toMatch(marks);
    expect(await bundleOf(MP_APP, [])).not.toMatch(marks);
  });

  it("holds core/mp-platform to its budget, and out of the media upload", async () => {
    const entry = "core/mp-platform";
    const whole = await bundledBytes(entry, dependencies);
    expect(whole).toBeLessThanOrEqual(MP_PLATFORM_BYTES);
    const marks = /api_authorizer_token/;
    expect(await bundleOf(`export * from "@wechat-edge/${entry}";`, dependencies)).toMatch(marks);
    expect(await bundleOf(MP_APP, [])).not.toMatch(marks);
    const client = `export { createMpClient } from "@wechat-edge/core";`;
    const added =
      (await bundledBytesOf(`${client}\nexport * from "@wechat-edge/${entry}";`, dependencies)) -
      (await bundledBytesOf(client, dependencies));
    expect(added).toBeLessThanOrEqual(MP_PLATFORM_ADDS_BYTES);
  });

  it("carries no token into WeChat Pay, and no RSA into an Official Account", async () => {
    const pay = await bundleOf(PAY_APP, []);
    const mp = await bundleOf(MP_APP, []);
    expect([/stable_token/.test(pay), /RSASSA|WECHATPAY2/.test(pay)]).toEqual([false, true]);
    expect([/access_token/.test(mp), /RSASSA|WECHATPAY2/.test(mp)]).toEqual([true, false]);
  });

  it("carries no download into a picture upload", async () => {
    const uploads = await bundleOf(PAY_APP, []);
    const downloads = await bundleOf(`export * from "@wechat-edge/pay-media/downloads";`, []);
    const gunzips = (bundle: string): boolean => bundle.includes("DecompressionStream");
    expect([gunzips(uploads), gunzips(downloads)]).toEqual([false, true]);
  });

  it("carries an HTML parser into mp-publish/html alone", async () => {
    const carries = async (entry: string): Promise<boolean> => {
      const bundle = await bundleOf(`export * from "@wechat-edge/${entry}";`, ["htmlparser2"]);
      return bundle.includes("htmlparser2");
    };
    expect(await carries("mp-publish")).toBe(false);
    expect(await carries("mp-publish/html")).toBe(true);
  });

  it("sees what it measures", async () => {
    expect(await bundledBytes("core", [])).toBeGreaterThan(
      await bundledBytes("core", dependencies),
    );
  });
});

/** An app with a client and the function of an entry: `mp-media uploadMedia`. */
function mpApp(name: string): string {
  const [entry, used] = name.split(" ");
  return `
  import { createMpClient } from "@wechat-edge/core";
  import { ${used} } from "@wechat-edge/${entry}";
  console.log(createMpClient, ${used});`;
}

function bundledBytes(name: string, external: readonly string[]): Promise<number> {
  return bundledBytesOf(`export * from "@wechat-edge/${name}";`, external);
}

async function bundledBytesOf(contents: string, external: readonly string[]): Promise<number> {
  return gzipSync(await bundleOf(contents, external), { level: 9 }).length;
}

async function bundleOf(contents: string, external: readonly string[]): Promise<string> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    external: [...external],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild gave no file.");
  return bundle.text;
}
