// A page stays alive while it hashes and uploads a film. `npm run bench` does the same with 500 MB.

import { describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browsers.ts";
import { runPage } from "../scenarios/video-page/run-page.ts";

const SIZE = 24_000_000;
/** Generous, because other work on the machine delays any task. */
const TRIES = 6;

const chromium = findBrowser("chromium");

describe.skipIf(chromium === undefined)("a page in Chromium", () => {
  it("hashes and uploads 24 MB without a task of over 50 ms on its main thread", async () => {
    const seen: (readonly number[])[] = [];
    while (seen.length < TRIES && seen.at(-1)?.length !== 0) {
      const { result, faults } = await runPage(chromium?.executable ?? "", SIZE, 40_000);
      expect(faults).toEqual([]);
      expect(result.madeTasks.some((ms) => ms >= 100)).toBe(true);
      seen.push(result.longTasks);
    }
    expect(seen.at(-1), `long tasks of each try: ${JSON.stringify(seen)}`).toEqual([]);
  }, 250_000);
});
