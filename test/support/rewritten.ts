import { rewriteImages } from "@wechat-edge/mp-publish/html";

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
