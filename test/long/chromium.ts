import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { findBrowser } from "../../scripts/browsers.ts";

/** A Chromium for the tests of a file. */
export function useChromium(): { open(url: string): Promise<Page> } {
  let browser: Browser;
  beforeAll(async () => {
    const found = findBrowser("chromium");
    if (found === undefined) throw new Error("These tests need Chromium: npm test installs it.");
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath: found.executable, args });
  });
  afterAll(() => browser?.close());
  return {
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
  };
}

/** Calls a function of the page's, however late the page has it. */
export async function call(page: Page, name: string, input?: unknown): Promise<unknown> {
  try {
    await page.waitForFunction(`globalThis.${name}`);
    return await page.evaluate(`${name}(${JSON.stringify(input)})`);
  } catch (error) {
    // A development server that finds a dependency late, in a worker's file, reloads the page.
    if (!/because of a navigation/.test(String(error))) throw error;
    return call(page, name, input);
  }
}
