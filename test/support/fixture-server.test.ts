import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureServer, fixturePath, startFixtureServer } from "./fixture-server.ts";

describe("the fixture server", () => {
  let server: FixtureServer;
  beforeAll(async () => {
    server = await startFixtureServer();
  });
  afterAll(() => server.stop());

  it("serves a file of a Chinese name to any origin", async () => {
    const name = "营业执照.jpg";
    const reply = await fetch(`${server.origin}/media/${encodeURIComponent(name)}`);
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    const file = await readFile(new URL(`../../examples/media/${name}`, import.meta.url));
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(new Uint8Array(file));
    expect(reply.headers.get("content-length")).toBe(String(file.length));
  });

  it("answers 404 to other paths", async () => {
    const reply = await fetch(`${server.origin}/media/none.jpg`);
    expect(reply.status).toBe(404);
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(["/media/..%2f..%2fpackage.json", "/media/%zz", "/etc/passwd", "/media/", "/"])(
    "leads %s nowhere",
    (path) => {
      expect(fixturePath(path)).toBeUndefined();
    },
  );
});
