// What a developer sees and presses on the emulator's inspector page, in Chromium.

import { readFileSync } from "node:fs";
import { createMpClient, createPayClient, createSource } from "@wechat-edge/core";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { addMaterial } from "@wechat-edge/mp-media";
import { addNews, submitNews, uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { uploadImage } from "@wechat-edge/pay-media";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browsers.ts";
import { details, MIB, videoBytes } from "../support/video.ts";

const found = findBrowser("chromium");
const PICTURE = readFileSync(new URL("../../examples/media/picture-1.jpg", import.meta.url));

describe.skipIf(found === undefined)("the inspector in Chromium", { timeout: 30_000 }, () => {
  let emulator: RunningEmulator;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: found?.executable ?? "",
      args: ["--no-sandbox", "--disable-gpu"],
    });
  }, 60_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    emulator = await startEmulator({ port: 0, review: { news: Infinity, video: Infinity } });
    page = await browser.newPage({ timezoneId: "Asia/Shanghai" });
    page.setDefaultTimeout(8000);
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(emulator.inspector);
    await page.getByText("Live", { exact: true }).waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    await emulator.close();
  });

  const pay = () =>
    createPayClient({ ...emulator.control.credentials.pay, baseUrl: emulator.baseUrl });
  const mp = () =>
    createMpClient({ ...emulator.control.credentials.mp, baseUrl: emulator.baseUrl });
  const picture = (name: string) => createSource(new Uint8Array(PICTURE), { name });
  const rows = () => page.getByRole("list").filter({ has: page.locator("details") });
  const says = (text: string | RegExp) =>
    page.getByRole("status").filter({ hasText: text }).waitFor();

  it("shows an upload as it comes, and leaves the row open that the reader opened", async () => {
    const name = "<img src=x onerror=alert(1)>.jpg";
    await uploadImage(pay(), picture(name));
    const row = page.locator("summary", { hasText: "/v3/merchant/media/upload" });
    await row.click();
    const [stored] = emulator.control.payMedia;
    const digest = page.getByText(stored?.sha256 ?? "", { exact: true });
    await digest.waitFor();
    await page.locator("dd .text", { hasText: `"filename": "${name}"` }).waitFor();
    await page.getByText(`${name}, image/jpeg, 70.8 KiB`).waitFor();
    const thumbnail = page.locator("img.thumb");
    await expect
      .poll(() => thumbnail.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(1);
    await fetch(`${emulator.baseUrl}/v3/nothing`);
    await page.getByText("There is no such path.").waitFor();
    expect(await digest.isVisible()).toBe(true);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByLabel("Refused only").check();
    await row.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No requests yet.").waitFor();
    expect(emulator.control.journal.entries()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("approves a video, sets the clock on, adds a fault and removes it, by keyboard too", async () => {
    const film = createSource(videoBytes(MIB + 1), { name: "film.mp4" });
    await uploadVideoMaterial(mp(), details, film);
    await page.getByText("4 transcoding").waitFor();
    await page.getByText("2 of 2 blocks received").waitFor();
    const approve = page.getByRole("button", { name: /^Approve: / });
    await approve.focus();
    await page.keyboard.press("Enter");
    await page.getByText("3 approved").waitFor();
    expect(emulator.control.videos.list()[0]?.status).toBe(3);
    expect(await approve.count()).toBe(0);
    // The focus stays where it was, although the button is gone.
    expect(await page.locator(".item :focus").count()).toBe(1);

    const before = emulator.control.clock.now();
    await page.getByLabel("How far to advance the clock").selectOption("3 days");
    await page.getByRole("button", { name: "Advance" }).click();
    await says("Advanced the clock");
    expect(emulator.control.clock.now() - before).toBeGreaterThanOrEqual(3 * 86_400_000);

    await page.getByRole("tab", { name: "Stored" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByLabel("Kind").selectOption("too-fast");
    await page.getByLabel("times").fill("-1");
    await page.getByLabel("times").evaluate((input) => input.removeAttribute("min"));
    await page.getByRole("button", { name: "Add fault" }).click();
    await says(/^fault\.times is -1/);
    await page.getByLabel("times").fill("2");
    await page.getByRole("spinbutton", { name: "retryAfter" }).fill("");
    await page.getByRole("combobox", { name: "path" }).fill("/v3/*");
    await page.getByRole("button", { name: "Add fault" }).click();
    await page.getByText("2 left").waitFor();
    await page.getByLabel("Kind").selectOption("reply-json");
    await page.getByRole("textbox", { name: "body" }).fill("{");
    await page.getByRole("button", { name: "Add fault" }).click();
    await says(/^Not JSON: /);
    await page.getByRole("textbox", { name: "body" }).fill('{"errcode":7}');
    await page.getByLabel("merge").check();
    await page.getByRole("combobox", { name: "path" }).fill("");
    await page.getByLabel("skip first").fill("3");
    await page.getByRole("button", { name: "Add fault" }).click();
    await page.getByText("after 3 more").waitFor();
    expect(emulator.control.faults.list()).toEqual([
      { kind: "too-fast", times: 2, match: { path: "/v3/*" } },
      { kind: "reply-json", body: { errcode: 7 }, merge: true, times: 2, skip: 3 },
    ]);
    await page.getByRole("button", { name: "Remove all" }).click();
    await expect.poll(() => page.getByText("2 left").count()).toBe(0);
    expect(emulator.control.faults.list()).toEqual([]);
    expect(complaints).toEqual([expect.stringContaining("400 (Bad Request)")]);
  });

  it("refuses and approves an article, whose own page can steer nothing", async () => {
    emulator.control.setOptions({ unsupportedHtml: "keep" });
    const { media_id: thumb_media_id } = await addMaterial(
      mp(),
      { type: "image" },
      picture("c.jpg"),
    );
    const content = `<p>正文</p><form method="post" action="/_emulator/reset"><button>win</button></form>
<a href="/_emulator/journal" onclick="fetch('/_emulator/reset',{method:'POST'})">link</a>
<iframe src="/_emulator/"></iframe><svg onload="fetch('/_emulator/reset',{method:'POST'})"></svg>`;
    const articles = [{ thumb_media_id, title: "河流", content }];
    const { media_id } = await addNews(mp(), { articles });
    await submitNews(mp(), { media_id });
    await page.getByText("审核中 in review").waitFor();
    await page.getByRole("button", { name: "Refuse: 河流" }).click();
    await page.getByText("审核未通过 refused").waitFor();
    expect(await page.getByRole("button", { name: "Approve: 河流" }).count()).toBe(0);
    emulator.control.news.review(media_id, "pass");
    await page.getByText("发布成功 published").waitFor();
    const calls = emulator.control.journal.entries().length;

    const opening = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Open page" }).click();
    const article = await opening;
    await article.getByRole("button", { name: "win" }).click();
    const posted = await article.evaluate(async () => {
      const steer = fetch("/_emulator/reset", { method: "POST", mode: "no-cors" });
      const reached = await steer.then(
        () => true,
        () => false,
      );
      return { origin, opener: window.opener as unknown, reached };
    });
    expect(posted).toEqual({ origin: "null", opener: null, reached: false });
    await page.getByText("发布成功 published").waitFor();
    expect(emulator.control.news.list()).toHaveLength(1);
    expect(emulator.control.journal.entries()).toHaveLength(calls);
    expect(complaints).toEqual([]);
  });

  it("folds polls, shows the reader's own time, and keeps the chosen tab in the address", async () => {
    emulator.control.clock.set(Date.parse("2027-01-15T08:00:00Z"));
    const poll = () => fetch(`${emulator.baseUrl}/cgi-bin/draft/count?access_token=x`);
    for (let count = 0; count < 3; count++) await poll();
    const row = rows().getByText("3 times");
    await row.click();
    await page.getByText("Same call earlier 2 times").waitFor();
    await poll();
    await rows().getByText("4 times").waitFor();
    await page.getByText("Same call earlier 3 times").waitFor();
    const time = page.locator("summary time").first();
    expect(await time.textContent()).toMatch(/^16:00:\d\d\.\d{3}$/);
    expect(await time.getAttribute("title")).toMatch(/^2027-01-15 08:00:\d\d\.\d{3} UTC$/);
    await page
      .getByText(/^2027-01-15 16:00:\d\d UTC\+8$/)
      .first()
      .waitFor();
    await page.getByRole("tab", { name: "Accounts" }).click();
    await page.reload();
    await page.getByText("Platform keys").waitFor();
    expect(new URL(page.url()).hash).toBe("#accounts");
    expect(await page.getByText("New fault").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("fits a phone, one part at a time", async () => {
    await uploadImage(pay(), picture("licence.jpg"));
    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ["Journal", "Stored", "Faults", "Accounts"]) {
      await page.getByRole("tab", { name }).click();
      const { width, panels } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        panels: [...document.querySelectorAll<HTMLElement>(".panel")].filter(
          (panel) => panel.offsetParent !== null,
        ).length,
      }));
      expect([name, width, panels]).toEqual([name, 390, 1]);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("select, button, input")].some(
          (control) => control.offsetParent !== null && control.getBoundingClientRect().right > 390,
        ),
      );
      expect([name, cut]).toEqual([name, false]);
    }
    expect(complaints).toEqual([]);
  });

  it("says that the emulator has gone", async () => {
    await emulator.close();
    await page.getByText("No answer from the emulator").waitFor();
  });
});
