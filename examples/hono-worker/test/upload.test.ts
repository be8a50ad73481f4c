import { describe, expect, it } from "vitest";
import { fixture, sha256, upload } from "./call-worker.ts";
import { journalOf, storedMedia } from "./emulator.ts";

interface Uploaded {
  media_id: string;
}

describe("an upload", () => {
  it.each([
    ["images", "media/licence.jpg", "streamed.jpg"],
    ["images", "media/营业执照.jpg", "经营场所.jpg"],
    ["videos", "media/clip.mp4", "streamed.mp4"],
  ] as const)("of %s with a digest is passed on: %s as %s", async (collection, path, name) => {
    const bytes = await fixture(path);
    const reply = await upload(collection, name, bytes, "right");
    expect(reply.status).toBe(200);
    const { media_id } = await reply.json<Uploaded>();
    expect(await storedMedia(media_id)).toMatchObject({
      filename: name,
      size: bytes.byteLength,
      sha256: await sha256(bytes),
    });
    const [entry, ...others] = await journalOf(name);
    expect(others).toEqual([]);
    expect(Number(entry?.headers["content-length"])).toBeGreaterThan(bytes.byteLength);
    expect(entry?.headers).not.toHaveProperty("transfer-encoding");
  });

  it.each([
    ["images", "media/storefront.png", "collected.png"],
    ["videos", "media/clip.mkv", "collected.mkv"],
  ] as const)("of %s without a digest is collected: %s as %s", async (collection, path, name) => {
    const bytes = await fixture(path);
    const reply = await upload(collection, name, bytes);
    expect(reply.status).toBe(200);
    const { media_id } = await reply.json<Uploaded>();
    expect((await storedMedia(media_id))?.sha256).toBe(await sha256(bytes));
    expect(await journalOf(name)).toHaveLength(1);
  });
});
