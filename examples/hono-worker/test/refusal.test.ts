import { describe, expect, it } from "vitest";
import { callWorker, fixture, TOKEN, upload } from "./call-worker.ts";
import { journalOf, storedMedia } from "./emulator.ts";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]);
const MIB = 1024 * 1024;

async function errorOf(reply: Response): Promise<Record<string, unknown>> {
  expect(reply.headers.get("Content-Type")).toMatch(/^application\/json/);
  const { error } = await reply.json<{ error: Record<string, unknown> }>();
  expect(error["message"]).toMatch(/\.$/);
  expect(error["message"]).not.toMatch(/limits\.|createSource/); // callers cannot set options
  return error;
}

describe("without the token", () => {
  it.each([
    ["none", undefined, 'Bearer realm="uploads"'],
    ["another", "Bearer another-token", 'Bearer realm="uploads", error="invalid_token"'],
    ["a longer one", `Bearer ${TOKEN}x`, 'Bearer realm="uploads", error="invalid_token"'],
    ["Basic", `Basic ${TOKEN}`, 'Bearer realm="uploads"'],
  ])("an upload is answered 401: %s", async (_, authorization, challenge) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    const init = { method: "POST", headers, body: JPEG };
    const reply = await callWorker("/images?name=unauthorized.jpg", init);
    expect(reply.status).toBe(401);
    expect(reply.headers.get("WWW-Authenticate")).toBe(challenge);
    const text = await reply.clone().text();
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain("another-token");
    expect(await errorOf(reply)).toMatchObject({ code: "ERR_UNAUTHORIZED" });
    expect(await journalOf("unauthorized.jpg")).toEqual([]);
  });
});

describe("a request that cannot be understood", () => {
  const headers = { Authorization: `Bearer ${TOKEN}` };

  it("is answered 411 without a length", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const written = writer.write(JPEG).then(() => writer.close());
    const init = { method: "POST", headers, body: readable };
    const reply = await callWorker("/images?name=chunked.jpg", init);
    expect(reply.status).toBe(411);
    expect(await errorOf(reply)).toMatchObject({ code: "ERR_LENGTH_REQUIRED" });
    await written.catch(() => undefined); // the Worker does not read the body of a refused request
  });

  it.each([
    ["no name", "/images"],
    ["a name that is not UTF-8", "/images?name=%D6%D0.jpg"],
  ])("is answered 400 with %s", async (_, path) => {
    const reply = await callWorker(path, { method: "POST", headers, body: JPEG });
    expect(reply.status).toBe(400);
    expect(await errorOf(reply)).toMatchObject({ code: "ERR_NAME" });
  });

  it("is answered 400 with a malformed Content-Digest", async () => {
    const reply = await upload("images", "digest.jpg", JPEG, "sha-256=abcdef");
    expect(reply.status).toBe(400);
    expect(await errorOf(reply)).toMatchObject({ code: "ERR_CONTENT_DIGEST" });
  });

  it("is answered 404 on another path and 405 with another method", async () => {
    const elsewhere = await callWorker("/pictures");
    expect(elsewhere.status).toBe(404);
    expect(await errorOf(elsewhere)).toMatchObject({ code: "ERR_NOT_FOUND" });
    const method = await callWorker("/images", { method: "PUT", body: JPEG });
    expect(method.status).toBe(405);
    expect(method.headers.get("Allow")).toBe("POST");
    expect(await errorOf(method)).toMatchObject({ code: "ERR_METHOD" });
  });

  it("is answered at / with how to call the Worker", async () => {
    const reply = await callWorker("/");
    expect(reply.status).toBe(200);
    expect(await reply.text()).toContain("POST http://worker.example/images?name=");
  });
});

describe("a file that WeChat Pay would refuse", () => {
  it.each([
    ["images", "bad/webp.jpg", "webp.jpg", { reason: "format", actual: "webp" }],
    ["images", "bad/empty.jpg", "empty.jpg", { reason: "empty" }],
    ["images", "media/clip.mp4", "clip.mp4", { reason: "extension", actual: ".mp4" }],
    ["videos", "media/licence.jpg", "licence.mp4", { reason: "format", actual: "jpeg" }],
    ["images", "media/licence.jpg", "../licence.jpg", { reason: "name" }],
  ] as const)("is answered 422: %s %s as %s", async (collection, path, name, expected) => {
    const bytes = await fixture(path);
    for (const digest of [undefined, "right"]) {
      const reply = await upload(collection, name, bytes, digest);
      expect(reply.status).toBe(422);
      expect(await errorOf(reply)).toMatchObject({ code: "ERR_MEDIA", ...expected });
    }
    expect(await journalOf(name)).toEqual([]);
  });

  it.each([undefined, "right"])("is answered 413 one byte over the limit: %s", async (digest) => {
    const bytes = new Uint8Array(5 * MIB + 1);
    bytes.set(JPEG);
    const reply = await upload("images", "large.jpg", bytes, digest);
    expect(reply.status).toBe(413);
    expect(await errorOf(reply)).toMatchObject({
      code: "ERR_MEDIA",
      reason: "size",
      expected: "at most 5242880 bytes",
      actual: "5242881 bytes",
    });
    expect(await journalOf("large.jpg")).toEqual([]);
  });

  it("is answered 422 if the digest is of another file, and WeChat Pay stores nothing", async () => {
    const bytes = await fixture("media/receipt.bmp");
    const digest = `sha-256=:${btoa("0".repeat(32))}:`;
    const reply = await upload("images", "changed.bmp", bytes, digest);
    expect(reply.status).toBe(422);
    expect(await errorOf(reply)).toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    expect(await journalOf("changed.bmp")).toEqual([]);
    expect(await storedMedia("changed.bmp")).toBeUndefined();
  });
});
