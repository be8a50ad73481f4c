import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RETRY, requestMs, STATED } from "./bounds.ts";

const textOf = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const SECURITY = textOf("SECURITY.md");
const README = textOf("packages/core/README.md");
const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4 };

/** The numbers that stand in a sentence, of which there is one. */
function stated(text: string, sentence: RegExp): number[] {
  const found = [...text.matchAll(sentence)];
  expect(found.length, String(sentence)).toBe(1);
  return found[0]?.slice(1).map((each) => NUMBERS[each] ?? Number(each.replace(",", ""))) ?? [];
}

describe("the bounds of the simulation are those that are stated", () => {
  it("of downloads for unknown serial numbers", () => {
    const sentence =
      /they cause at most one certificate download in (\d+) seconds, with up to (\w+) tries/g;
    expect(stated(SECURITY, sentence)).toEqual([STATED.downloadSeconds, STATED.tries]);
    expect(RETRY.attempts).toBe(STATED.tries);
  });

  it("of what is begun again", () => {
    const ofSecurity = /begins it after (\d+), (\d+), (\d+) and then every (\d+) seconds/g;
    const ofReadme =
      /after (\d+) seconds without a sign of it another one asks, the next after (\d+), then after (\d+) and each further one after (\d+)/g;
    expect(stated(SECURITY, ofSecurity)).toEqual(STATED.begunAgainSeconds);
    expect(stated(README, ofReadme)).toEqual(STATED.begunAgainSeconds);
  });

  it("of the time that a call waits for what calls share", () => {
    const wait =
      /`attempts` × `timeout`, the pauses, and (\d+) seconds for stores that hang, (\d+) seconds by default/g;
    const [stores = 0, all = 0] = stated(README, wait);
    expect(stores).toBe(STATED.storeSeconds);
    const [timeout = 0] = stated(README, /`timeout: (\d+)_000`\)/g);
    const [attempts = 0] = stated(README, /\| `attempts` \| (\d+) \| number of tries/g);
    const [maxDelay = 0] = stated(README, /\| `maxDelay` \| ([\d,]+) \| longest pause/g);
    const tries = requestMs(timeout * 1000, { attempts, maxDelay });
    expect(tries + stores * 1000).toBe(all * 1000);
  });
});
