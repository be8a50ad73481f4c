import { describe, expect, it } from "vitest";
import { createMpClient, mpRequest } from "../../src/index.ts";

const MIB = 1024 * 1024;

function replyOf(path: string, bytes: number): Promise<{ news_item: string }> {
  const mp = createMpClient({
    appid: "wx0123456789abcdef",
    getAccessToken: () => "token",
    fetch: async () => new Response(JSON.stringify({ news_item: "x".repeat(bytes) })),
  });
  return mpRequest(mp, { method: "POST", path, body: {} });
}

describe("a reply of more than 1 MiB", () => {
  it.each([
    "/cgi-bin/draft/get",
    "/cgi-bin/draft/batchget",
    "/cgi-bin/freepublish/batchget",
    "/cgi-bin/freepublish/getarticle",
    "/cgi-bin/material/get_material",
    "/cgi-bin/material/batchget_material",
  ])("of %s is read, as it holds articles, up to 16 MiB", async (path) => {
    expect((await replyOf(path, 2 * MIB)).news_item.length).toBe(2 * MIB);
    await expect(replyOf(path, 16 * MIB)).rejects.toThrow(/larger than 16777216 bytes/);
  });

  it.each([
    "/cgi-bin/draft/add",
    "/cgi-bin/freepublish/submit",
    "/cgi-bin/comment/list",
    "/cgi-bin/material/get_materialcount",
  ])("of %s is not WeChat's", async (path) => {
    await expect(replyOf(path, MIB)).rejects.toMatchObject({
      message: expect.stringContaining("larger than 1048576 bytes"),
    });
  });
});
