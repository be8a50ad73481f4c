import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { expect } from "vitest";
import { newAddress, type RandomHtml } from "./random-html.ts";

/** What was asked for, and what came of it. */
export async function rewritten(html: string, replace: (url: string) => string | undefined) {
  const asked: string[] = [];
  const result = await rewriteImages(html, (url) => {
    asked.push(url);
    return replace(url);
  });
  return { asked, result };
}

export async function picturesIn(html: string): Promise<string[]> {
  return (await rewritten(html, () => undefined)).asked;
}

/** Fails where anything but the addresses of the pictures has changed. */
export async function expectPicturesAloneChanged(random: RandomHtml): Promise<void> {
  const { asked, result } = await rewritten(random.html, newAddress);
  expect(asked).toEqual(random.addresses);
  expect(result).toBe(random.rewritten);
}
