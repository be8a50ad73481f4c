import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../src/html/html.ts";
import {
  createEmulator,
  credentials,
  type Emulator,
  type EmulatorOptions,
  type Fault,
  faultKinds,
} from "../../src/index.ts";
import { JPEG, material, mpClient, openMp, temporary } from "../mp/mp-client.ts";
import { openArticles, ownVideo } from "../mp/publish/article-client.ts";
import { blockOf, MIB, videoBytes, videoClient } from "../mp/video/video-client.ts";
import { PNG, sha256, upload } from "../pay/upload-request.ts";

const PAGE = "http://localhost:8790/_emulator/";
const NOW = 1_800_000_000_000;

const CHARACTERS: Record<string, string> = {
  "&#39;": "'",
  "&quot;": '"',
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
};
const decoded = (escaped: string): string =>
  escaped.replace(/&(?:#39|quot|amp|lt|gt);/g, (reference) => CHARACTERS[reference] ?? "");

const read = async ({ fetch }: Emulator, query = ""): Promise<string> =>
  (await fetch(PAGE + query)).text();

/** What a reader sees: no style, no script, no tags, one blank between words. */
const seen = (page: string): string =>
  decoded(page.replace(/<(style|script)[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ")).replace(
    /\s+/g,
    " ",
  );

/** What the newest row of the journal opens to, as a page. */
async function openedRow(emulator: Emulator): Promise<string> {
  const [, address = ""] = / data-read="([^"]*)"/.exec(await read(emulator)) ?? [];
  return (await emulator.fetch(new URL(decoded(address), PAGE))).text();
}

const open = (options: EmulatorOptions = {}) => createEmulator({ now: () => NOW, ...options });

/** Every kind of tag, with the names of its attributes. */
const tagShapes = (page: string): Set<string> => {
  const markup = page.replace(/<(style|script)( nonce)[\s\S]*?<\/\1>/g, "<$1$2>");
  return new Set((markup.match(/<[^<>]*>?/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, "")));
};

/** Ends of texts, attributes, comments, scripts; what looks like an entity; letters that turn. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</pre></details><iframe src=javascript:alert(1)>",
  "<!--",
  "]]><![CDATA[",
  "&lt;b&gt;&#60;b&#62;",
  "</style><style>*{display:none}</style>",
  "javascript:alert(1)",
  `\${alert(1)}\``,
  "$& $1 $` \\",
  "\u202egnp.exe",
  "a\u0000b\u2028c",
];

const character = fc.oneof(
  fc.constantFrom("<", ">", "&", '"', "'", "=", "#", "6", "0", ";", " "),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

describe("html", () => {
  it("writes any text so that it reads the same and is no markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        const markup = String(html`<p title="${text}">${[text]}</p>`);
        const [, title = "", content = ""] =
          /^<p title="([^"<>']*)">([^<>]*)<\/p>$/.exec(markup) ?? [];
        expect([title, content].map(decoded)).toEqual([text, text]);
      }),
    );
  });

  it("takes nothing for markup but what it has made", () => {
    const forged: unknown = JSON.parse('{"isEscaped":true,"callbacks":["<b>"],"toString":"<b>"}');
    const shown = '{"isEscaped":true,"callbacks":["<b>"],"toString":"<b>"}';
    const markup = String(html`${forged as string}${[forged as string]}`);
    expect([markup.includes("<"), decoded(markup)]).toEqual([false, shown + shown]);
    expect(String(html`${html`<b>`}${undefined}${[1, "&"]}`)).toBe("<b>1&amp;");
  });
});

describe("the page", () => {
  it("may run its own script and nothing else, and asks nobody else for anything", async () => {
    const emulator = open();
    const responses = await Promise.all([emulator.fetch(PAGE), emulator.fetch(PAGE)]);
    const [policy = "", other] = responses.map(({ headers }) =>
      headers.get("content-security-policy"),
    );
    const nonce = /script-src 'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy ?? "")?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(other).not.toContain(nonce);
    const page = (await responses[0]?.text()) ?? "";
    expect(responses[0]?.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.split(nonce)).toHaveLength(3);
    expect(page).not.toMatch(/ (style|on\w+)="/);
    for (const [, address] of page.matchAll(/ (?:src|href|action)="([^"]*)"/g)) {
      expect(address).toMatch(/^(\/(?!\/)|#|data:image\/svg)/);
    }
  });

  it("is the developer's alone, is read by GET alone and is not in the journal", async () => {
    const { fetch, control } = open();
    const status = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
    const foreign = { headers: { origin: "https://evil.example" } };
    for (const path of ["", "picture?sha256=0"]) {
      expect(await status(`http://evil.example/_emulator/${path}`)).toBe(403);
      expect(await status(PAGE + path, foreign)).toBe(403);
      expect(await status(PAGE + path, { method: "POST" })).toBe(405);
    }
    expect(await status(PAGE)).toBe(200);
    expect((await fetch(PAGE)).headers.get("access-control-allow-origin")).toBeNull();
    expect(control.journal.entries()).toEqual([]);
    const list = (await (await fetch("http://localhost/")).json()) as { inspector: string };
    expect(list.inspector).toBe("/_emulator/");
  });

  it("tells a client's baseUrl and ids, and no key, secret or token", async () => {
    const { emulator, control, mp } = openMp();
    await upload(emulator.fetch, { timestamp: NOW / 1000 });
    await mp.stable();
    control.faults.add({ kind: "truncated" });
    const grant = new URLSearchParams({ grant_type: "client_credential", ...credentials.mp });
    await emulator.fetch(`https://api.weixin.qq.com/cgi-bin/token?${grant}`);
    await temporary(mp, "image");
    await mp.api("/cgi-bin/media/get", { query: { access_token: "x", media_id: "y" } });
    const page = await read(emulator);
    const { mchid, serialNo, platformKeys, privateKey, apiV3Key } = credentials.pay;
    for (const id of [
      "http://localhost:8790",
      mchid,
      serialNo,
      credentials.mp.appid,
      ...platformKeys.map((key) => key.platformKeyId),
    ]) {
      expect(page).toContain(id);
    }
    const tokens = control.tokens.list(credentials.mp.appid).map(({ token }) => token);
    expect(tokens).toHaveLength(2);
    for (const hidden of [privateKey, apiV3Key, credentials.mp.secret]) {
      expect(page).not.toContain(hidden);
    }
    // Of the second token no more than half went out, which would be too much.
    for (const token of tokens) expect(page).not.toContain(token.slice(0, 12));
    expect(page).not.toContain("PRIVATE KEY");
  });

  it("shows no token, secret or signature in what a row opens to", async () => {
    const { emulator, control, mp } = openMp();
    const { secret, appid } = credentials.mp;
    await mp.stable();
    const [{ token } = { token: "" }] = control.tokens.list(appid);
    const stable = await openedRow(emulator);
    expect(seen(stable)).toContain('{"access_token":"…","expires_in":7200}');
    expect(seen(stable)).toContain(`"appid": "${appid}", "secret": "…"`);
    const grant = new URLSearchParams({ grant_type: "client_credential", ...credentials.mp });
    await emulator.fetch(`https://api.weixin.qq.com/cgi-bin/token?${grant}`);
    const plain = await openedRow(emulator);
    expect(seen(plain)).toContain(`grant_type client_credential appid ${appid} secret …`);
    await emulator.fetch("https://api.weixin.qq.com/cgi-bin/stable_token", {
      method: "POST",
      body: `secret=${secret}&access_token=${token} {"secret": "${secret}", `,
    });
    const odd = await openedRow(emulator);
    expect(seen(odd)).toContain("secret=…&access_token=…");
    await temporary(mp, "image");
    const uploaded = await openedRow(emulator);
    expect(seen(uploaded)).toContain("Query access_token … type image");
    await upload(emulator.fetch, { timestamp: NOW / 1000 });
    const signed = await openedRow(emulator);
    expect(seen(signed)).toMatch(/serial_no="[0-9A-F]{40}",signature=".{6}…"/);
    for (const page of [stable, plain, odd, uploaded, signed]) {
      expect(page).not.toContain(secret);
      for (const each of control.tokens.list(appid)) expect(page).not.toContain(each.token);
    }
  });

  it("shows none of a third-party platform, of clear_quota/v2 and of openapi/rid/get either", async () => {
    const { emulator, control, mp } = openMp();
    const { component_appid, component_appsecret } = credentials.platform;
    const { secret: appsecret, appid } = credentials.mp;
    const pages: string[] = [];
    const call = async (path: string, json: object) => {
      const url = `https://api.weixin.qq.com/cgi-bin/${path}`;
      const reply = await emulator.fetch(url, { method: "POST", body: JSON.stringify(json) });
      pages.push(await openedRow(emulator));
      return (await reply.json()) as Record<string, string>;
    };
    const { ComponentVerifyTicket: ticket } = control.mpPlatforms.ticket();
    const named = { component_appid, component_appsecret, component_verify_ticket: ticket };
    const { component_access_token: own = "" } = await call("component/api_component_token", named);
    const { AuthorizationCode: code } = control.mpPlatforms.authorize(appid);
    const { pre_auth_code = "" } = await call(
      `component/api_create_preauthcode?component_access_token=${own}`,
      { component_appid },
    );
    for (const name of ["api_query_auth", "api_get_authorizer_list"]) {
      const asked = { component_appid, authorization_code: code, offset: 0, count: 1 };
      await call(`component/${name}?component_access_token=${own}`, asked);
    }
    await call("clear_quota/v2", { appid, appsecret });
    await call(`clear_quota/v2?appid=${appid}&appsecret=${appsecret}`, {});
    const { errmsg = "" } = await call("clear_quota/v2", { appid, appsecret: `${appsecret}x` });
    await mp.stable();
    const [{ token } = { token: "" }] = control.tokens.list(appid).slice(-1);
    const [, rid] = /rid: (.+)/.exec(errmsg) ?? [];
    const { errcode } = await call(`openapi/rid/get?access_token=${token}`, { rid });
    expect(errcode).toBe(0);
    const refresh = control.mpPlatforms.list()[0]?.authorizations[0]?.refresh_token ?? "";
    const tokens = [appid, component_appid].flatMap((id) => control.tokens.list(id));
    expect(tokens.map(({ kind }) => kind)).toEqual(["authorizer", "stable", "component"]);
    const hidden = [component_appsecret, appsecret, ticket, code, pre_auth_code, refresh];
    for (const value of [...hidden, ...tokens.map((each) => each.token)]) {
      expect(value.length).toBeGreaterThan(20);
      for (const page of pages) expect(decoded(page)).not.toContain(value);
    }
    expect(seen(pages[0] ?? "")).toContain('"component_access_token":"…","expires_in":7200}');
    expect(seen(pages.at(-1) ?? "")).toContain(String.raw`\"appsecret\":\"…\"`);
  });

  it("escapes all that comes with a request", async () => {
    const pageWith = async (text: string) => {
      const opened = openArticles({ unicodeEscapes: "decode" });
      const { mine, emulator, control } = opened;
      const { mp } = mine;
      const timestamp = NOW / 1000;
      const ascii = text.replace(/[^ -~]/g, "");
      const quoted = text.replace(/["\0]/g, "");
      const headers = { "user-agent": ascii, accept: ascii };
      await upload(emulator.fetch, { timestamp, filename: `${quoted}.png` });
      await upload(emulator.fetch, { timestamp, mchid: ascii, headers });
      await temporary(mp, "image", { filename: `${quoted}.jpg` });
      await mp.upload("/cgi-bin/media/upload", {}, { type: text });
      const query = { action: text, vid: text, part_num: text };
      await mp.api("/cgi-bin/material/upload_video", { query, json: { media_id: text } });
      await mp.api("/cgi-bin/draft/get", { json: { media_id: text } });
      await mp.api(`/cgi-bin/${ascii.replace(/[?#]/g, "")}`, { headers });
      const { media_id } = await mine.upload({
        title: text,
        author: text.slice(0, 8),
        content: `<p>x</p>${text}`,
      });
      await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
      control.news.review(media_id, "refuse", text);
      await mine.draft({ title: text, content: `<p>x</p>${text}<script>x</script>` });
      const video = videoClient(mp);
      const vid = await video.upload(videoBytes(5));
      const saved = await video.save(vid, { title: text });
      control.videos.setStatus(saved.media_id, 2, text);
      const match = { path: text, filename: text };
      control.faults.add({ kind: "delay", ms: 0, match });
      control.faults.add({ kind: "reply-json", body: { errmsg: text }, match: { path: "/x" } });
      const draft = { path: "/cgi-bin/draft/count" };
      control.faults.add({ kind: "mp-error", errcode: 1, errmsg: text, match: draft });
      await mp.api(draft.path);
      const page = await read(emulator);
      const details = [...page.matchAll(/ data-read="([^"]*)"/g)].map(async ([, address = ""]) =>
        (await emulator.fetch(new URL(decoded(address), PAGE))).text(),
      );
      return page + (await Promise.all(details)).join("");
    };
    const harmless = tagShapes(await pageWith("harmless"));
    expect(harmless.size).toBeGreaterThan(60);
    for (const text of HOSTILE) {
      const page = await pageWith(text);
      // The titles, wordings, reasons and names are there to be read.
      expect(seen(page).split(text.replace(/\s+/g, " ")).length).toBeGreaterThan(8);
      const found = [...tagShapes(page)];
      expect([text, found.filter((shape) => !harmless.has(shape))]).toEqual([text, []]);
    }
  });

  it("escapes the filter", async () => {
    const page = await read(open(), `?text=${encodeURIComponent('"><b>')}`);
    expect(page).toContain('name="text" value="&quot;&gt;&lt;b&gt;"');
  });
});

describe("the journal on the page", () => {
  it("tells why each was refused, and how that is known", async () => {
    const { emulator, control, mp } = openMp();
    const { fetch } = emulator;
    const rowOf = async () => {
      const [, row = ""] =
        /<ol class="rows"[^>]*>\s*(<li[\s\S]*?<\/li>)/.exec(await read(emulator)) ?? [];
      return `${seen(row).replace("Request and answer", "")}${seen(await openedRow(emulator))}`;
    };
    const timestamp = NOW / 1000;
    await upload(fetch, { timestamp });
    expect(await rowOf()).toMatch(
      new RegExp(
        `08:00:00\\.000 200 POST /v3/merchant/media/upload .*商户\\.png .*${PNG.length} B .*SHA-256 ${sha256(PNG)} .*user-agent emulator-test/1\\.0 .*Form meta \\{ "filename": "商户\\.png", .*file 商户\\.png, image/jpg, 70 B .*Answer status 200 \\{"media_id":`,
      ),
    );
    await upload(fetch, { timestamp, filename: "a.txt" });
    expect(await rowOf()).toMatch(
      / 400 POST .* PARAM_ERROR .*文件名称不正确.* documented .*WeChat Pay 文件上传/,
    );
    await upload(fetch, { timestamp: timestamp - 1000 });
    expect(await rowOf()).toMatch(
      / 401 .* SIGN_ERROR Http头Authorization中的timestamp.*5分钟 documented/,
    );
    await upload(fetch, { timestamp, headers: { accept: null } });
    await upload(fetch, { timestamp, headers: { "user-agent": null } });
    expect(await rowOf()).toMatch(/ 400 .* INVALID_REQUEST .* reported/);
    await fetch("http://localhost/v3/nothing");
    expect(await rowOf()).toMatch(/ 404 .*There is no such path\. reported/);
    await fetch("http://localhost/v3/certificates", { method: "POST" });
    expect(await rowOf()).toMatch(/ 405 .*another method\. reported/);
    await upload(fetch, { timestamp, headers: { "content-type": "multipart/form-data" } });
    expect(await rowOf()).toMatch(/Content-Type has no boundary; the body's first line shows it/);
    const chunked = { "transfer-encoding": "chunked" };
    await mp.api("/cgi-bin/draft/add", { method: "POST", headers: chunked });
    expect(await rowOf()).toMatch(/ 412 .*chunked.* reported/);
    await mp.get("unknown");
    expect(await rowOf()).toMatch(
      / 200 GET \/cgi-bin\/media\/get .*40007 invalid media_id documented/,
    );
    expect(await rowOf()).toMatch(/rid [0-9a-f]{8}-.*errmsg":"invalid media_id hint: \[/);
    await mp.api("/cgi-bin/media/get", { query: { access_token: "no!" } });
    expect(await rowOf()).toMatch(/40014 invalid access_token assumed/);
    await videoClient(mp).finish("x");
    expect(await rowOf()).toMatch(/upload_finish .*100101 invalid vid assumed/);
    control.faults.add({ kind: "too-fast" });
    await upload(fetch, { timestamp });
    expect(await rowOf()).toMatch(
      / 429 .*FREQUENCY_LIMIT_EXCEED fault too-fast 操作过快,请稍后重试 +Time/,
    );
    control.faults.add({ kind: "cut", at: "before" });
    await upload(fetch, { timestamp }).catch(() => {});
    expect(await rowOf()).toMatch(
      / — POST .*fault cut The connection was closed without an answer\. +Time/,
    );
  });

  it("is filtered by path and refusal, and shows the newest 200", async () => {
    const emulator = open();
    const get = (path: string) => emulator.fetch(`http://localhost${path}`);
    for (let count = 0; count < 201; count++) await get(`/v3/${count}`);
    await emulator.fetch("http://localhost/cgi-bin/x");
    emulator.control.faults.add({ kind: "status", status: 200, code: "" });
    await get("/v3/certificates");
    const paths = (page: string) =>
      [...page.matchAll(/class="path">([^<]*)</g)].map(([, path]) => path);
    const all = await read(emulator);
    expect(paths(all)).toHaveLength(200);
    expect(paths(all)[0]).toBe("/v3/certificates");
    expect(seen(all)).toContain("Journal 203, newest 200 rows");
    const some = await read(emulator, "?text=CGI-BIN");
    expect([paths(some), seen(some).includes("Journal 1 of 203")]).toEqual([["/cgi-bin/x"], true]);
    const refused = await read(emulator, "?refused=on&text=/v3/");
    expect(paths(refused)[0]).toBe("/v3/200");
    expect(refused).toContain('name="refused" checked');
  });
});

describe("calls that are alike", () => {
  it("fold into one row, which opens to the last and tells when the others came", async () => {
    const { emulator, mp } = openMp();
    const video = videoClient(mp);
    const bytes = videoBytes(3 * MIB + 1);
    const { vid } = await video.init(bytes);
    for (const number of [1, 2, 3, 4]) await video.block(vid, number, blockOf(bytes, number));
    const blocks = seen(await read(emulator));
    expect(blocks).toMatch(/upload_block blocks 1 to 4 4 times 3\.0 MiB/);
    expect(seen(await openedRow(emulator))).toMatch(
      /Block 4 .*Answer status 200 \{"ret":0\} Same call earlier 3 times 08:00:00\.000 block 3 .* block 1/,
    );
    for (let poll = 0; poll < 3; poll++) await video.status("unknown");
    const polls = seen(await read(emulator));
    expect(polls).toMatch(/query_status 3 times 100401 invalid media_id/);
    await video.status("another");
    await video.status("unknown");
    expect(seen(await read(emulator))).toContain("query_status 3 times");
    expect(seen(await read(emulator)).match(/query_status/g)).toHaveLength(3);
  });

  it("tells that the journal was cleared since", async () => {
    const { emulator, control, mp } = openMp();
    await mp.stable();
    const page = await read(emulator);
    control.journal.clear();
    const [, address = ""] = / data-read="([^"]*)"/.exec(page) ?? [];
    const opened = await emulator.fetch(new URL(decoded(address), PAGE));
    expect(await opened.text()).toContain("The journal has been cleared.");
    expect(opened.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
  });
});

describe("what a browser asks for by itself", () => {
  it("is in no journal: pages, their pictures, an icon", async () => {
    const { mine, emulator, control } = openArticles();
    const { media_id } = await mine.upload();
    const draft = await mine.draft();
    control.journal.clear();
    const path = control.drafts.list().find((each) => each.media_id === draft.media_id);
    expect(media_id).not.toBe("");
    for (const address of [path?.pagePaths[0] ?? "", "/mmbiz/x/0", "/favicon.ico"]) {
      await emulator.fetch(new URL(address, PAGE));
    }
    expect(control.journal.entries()).toEqual([]);
    const icon = await emulator.fetch(new URL("/favicon.ico", PAGE));
    expect([icon.status, icon.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
  });
});

describe("what is stored", () => {
  it("has pictures as they came, and files with the end of their life", async () => {
    const { emulator, mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image", { filename: "three-days.jpg" })).json;
    await material(mp, "image", { filename: "for-good.jpg" });
    await mp.upload("/cgi-bin/media/uploadimg", { filename: "article.jpg" });
    await upload(emulator.fetch, { timestamp: NOW / 1000, filename: "pay.png" });
    const page = await read(emulator);
    expect(seen(page)).toMatch(/Files 4 article\.jpg .*article picture/);
    expect(seen(page)).toContain("three-days.jpg temporary image");
    expect(seen(page)).toContain(`expires 2027-01-18 08:00 UTC media_id ${media_id}`);
    const thumbs = [...page.matchAll(/<img [^>]*src="(\/[^"]*)"/g)].map(([, src]) => src ?? "");
    expect(thumbs.map((src) => src.replace(/.*=/, ""))).toEqual(
      [JPEG, JPEG, JPEG, PNG].map(sha256),
    );
    const picture = await emulator.fetch(new URL(thumbs[3] ?? "", PAGE));
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      "content-type": "image/png",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.from(await picture.arrayBuffer()).equals(PNG)).toBe(true);
    expect((await emulator.fetch(`${PAGE}picture?sha256=0`)).status).toBe(404);
    control.clock.advance(3 * 86_400_000);
    expect(seen(await read(emulator))).toContain("expired 2027-01-18 08:00 UTC");
  });

  it("has no picture of a file that was let go of, nor of one that is not a picture", async () => {
    const { emulator, mp } = openMp({ storage: "digests" });
    await upload(emulator.fetch, { timestamp: NOW / 1000 });
    await temporary(mp, "voice", { filename: "a.amr", bytes: Buffer.from("#!AMR\n\x3c") });
    const page = await read(emulator);
    expect(page).not.toContain("<img");
    expect(page).toContain('<span class="thumb" aria-hidden="true">PNG</span>');
  });

  it("has videos with their blocks and status", async () => {
    const opened = openArticles();
    const { emulator, control, mine } = opened;
    const bytes = videoBytes(2 * MIB + 1);
    const video = videoClient(mine.mp);
    const { vid } = await video.init(bytes, { filename: "half.mp4" });
    await video.block(vid, 1, blockOf(bytes, 1));
    expect(seen(await read(emulator))).toMatch(
      /Videos in blocks 1 half\.mp4 uploading 2\.0 MiB .* vid wxv_\d+ Copy 1 of 3 blocks received Publish/,
    );
    for (const number of [2, 3]) await video.block(vid, number, blockOf(bytes, number));
    await video.finish(vid);
    expect(seen(await read(emulator))).toContain("finished, not saved");
    const { media_id } = await video.save(vid);
    const page = await read(emulator);
    expect(seen(page)).toMatch(/河 4 transcoding transing .*SHA-1 matches filesha/);
    expect(seen(page)).toContain("Approve Refuse Fail transcoding Forbid");
    expect(page).toContain(
      `data-route="videos" data-body="${JSON.stringify({ media_id, status: 3 }).replaceAll('"', "&quot;")}"`,
    );
    control.videos.setStatus(media_id, 2);
    const refused = await read(emulator);
    expect(seen(refused)).toMatch(/2 refused check fail/);
    expect(refused).not.toContain('data-route="videos"');
    expect(await ownVideo(opened, mine)).not.toBe(vid);
  });

  it("has articles, drafts and publications with links to their pages", async () => {
    const { emulator, control, mine } = openArticles();
    const { media_id } = await mine.upload({ title: "库", content: "<p>x</p><script>y</script>" });
    expect(seen(await read(emulator))).toMatch(
      /Publish library 1 库 未提交 not submitted .*script/,
    );
    await mine.post("publish/submit", { media_id, msgtype: "mpnews" });
    expect(seen(await read(emulator))).toMatch(/审核中 in review .*Approve Refuse/);
    control.news.review(media_id, "refuse", "标题党");
    expect(seen(await read(emulator))).toContain("审核未通过 refused 标题党");
    control.news.review(media_id, "pass");
    const { media_id: draft } = await mine.draft({ title: "稿" });
    const { media_id: submitted } = await mine.draft({ title: "发" });
    const { publish_id } = await mine.post("freepublish/submit", { media_id: submitted });
    control.publications.setStatus(publish_id, 2);
    expect(seen(await read(emulator))).toContain("发 2 original declaration failed fail_idx 1");
    control.publications.setStatus(publish_id, 0);
    const page = await read(emulator);
    expect(seen(page)).toMatch(/Drafts 1 稿 .*Publications 1 发 0 published/);
    const links = [
      ...page.matchAll(/href="(\/s\?[^"]*)" target="_blank" rel="noopener noreferrer"/g),
    ];
    const statuses = links.map(async ([, href = ""]) => {
      const { status } = await emulator.fetch(new URL(href.replaceAll("&amp;", "&"), PAGE));
      return status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
    await mine.post("publish/delete", { media_id, index: 1 });
    await mine.post("draft/delete", { media_id: draft });
    expect(seen(await read(emulator))).toMatch(/库 deleted .*Drafts 0 Publications 1/);
  });
});

describe("what is steered", () => {
  it("offers every fault there is, with parameters that it takes", async () => {
    const { fetch, control } = open();
    const page = await (await fetch(PAGE)).text();
    const fieldsets = [...page.matchAll(/<fieldset data-kind="([^"]*)">([\s\S]*?)<\/fieldset>/g)];
    expect(fieldsets.map(([, kind]) => kind).sort()).toEqual([...faultKinds].sort());
    const values: Record<string, (value: string) => unknown> = {
      number: Number,
      text: String,
      json: (value) => JSON.parse(value) as unknown,
    };
    for (const [, kind, fields = ""] of fieldsets) {
      const given = [...fields.matchAll(/ name="([^"]*)" data-type="([^"]*)" value="([^"]+)"/g)];
      const chosen = [
        ...fields.matchAll(/<select name="([^"]*)" data-type="([^"]*)"><option>([^<]*)/g),
      ];
      const parameters = [...given, ...chosen].map(([, name, type = "", value = ""]) => [
        name,
        values[type]?.(decoded(value)),
      ]);
      const fault = { kind, ...Object.fromEntries(parameters), match: { path: "/v3/*" } } as Fault;
      control.faults.add({ ...fault, times: 2 });
    }
    expect(seen(await (await fetch(PAGE)).text())).toContain(
      `Faults ${faultKinds.length} Remove all status 2 left status 503 path /v3/* html`,
    );
  });

  it("shows accounts with their rights and the state of their tokens", async () => {
    const { emulator, control, mp } = openMp({
      accounts: [{ appid: "wx00000000000000bb", verified: false }],
    });
    await mp.stable();
    expect(seen(await read(emulator))).toContain("Expire tokens Kill tokens");
    control.tokens.kill(credentials.mp.appid);
    const text = seen(await read(emulator));
    expect(text).not.toContain("Expire tokens");
    expect(text).toMatch(
      /wx26e3b4a1c0d9f857 verified pay mediaApi .*1 stable \(0 forced\), 0 plain .*killed stable, until 2027-01-15 10:00 UTC/,
    );
    expect(text).toContain("wx00000000000000bb not verified pay mediaApi");
    control.seed({
      merchants: [
        { mchid: "1900000109", certificateState: "revoked", permissions: ["image"], dailyLimit: 2 },
      ],
    });
    control.platform.announce();
    const seeded = seen(await read(emulator));
    expect(seeded).toContain("1900000109 certificate revoked may upload image 2 uploads per day");
    expect(seeded).toContain("Platform keys 3");
  });

  it("is read at the last moment of the clock", async () => {
    const { emulator, control, mp } = openMp();
    await temporary(mp, "image");
    control.clock.set(Date.UTC(9000, 0, 1));
    await mp.get("x");
    await temporary(mpClient(emulator.fetch), "image");
    expect((await emulator.fetch(PAGE)).status).toBe(200);
  });
});
