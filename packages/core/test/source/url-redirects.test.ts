import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalServer, startLocalServer } from "../../../../test/support/local-server.ts";
import type { Fetch } from "../../src/http/fetch-type.ts";
import { createUrlSource, type UrlSourceOptions } from "../../src/source/url-source.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const headers = { Authorization: "Bearer SECRET", "X-Api-Key": "SECRET" };

/** Two origins: the one that is asked, and another. */
let asked: LocalServer;
let other: LocalServer;
let requests: { origin: "asked" | "other"; path: string; headers: IncomingMessage["headers"] }[];
/** Where each path leads; any other path is the file. */
let leads: Readonly<Record<string, { status?: number; location?: string }>>;

const serve =
  (origin: "asked" | "other") => (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    requests.push({ origin, path, headers: request.headers });
    const lead = leads[path];
    if (lead !== undefined) {
      const { status = 302, location } = lead;
      response.writeHead(status, location === undefined ? {} : { location }).end("moved");
      return;
    }
    const [start = 0, end = 0] = (request.headers.range ?? "").match(/\d+/g)?.map(Number) ?? [];
    response
      .writeHead(206, { etag: '"1"', "content-range": `bytes ${start}-${end}/${bytes.length}` })
      .end(bytes.subarray(start, end + 1));
  };

beforeAll(async () => {
  asked = await startLocalServer(serve("asked"));
  other = await startLocalServer(serve("other"));
});
afterAll(async () => {
  await asked.close();
  await other.close();
});
beforeEach(() => {
  requests = [];
  leads = {};
});

const open = (path: string, options: UrlSourceOptions = {}) =>
  createUrlSource(`${asked.origin}${path}`, { headers, ...options });

async function failure(work: Promise<unknown>): Promise<Error & { status?: number }> {
  const error: unknown = await work.then(
    () => new Error("It succeeded."),
    (thrown: unknown) => thrown,
  );
  const { message, stack, cause } = error as Error;
  expect(`${message} ${stack} ${String(cause)}`).not.toContain("SECRET");
  return error as Error;
}

describe("a redirect is an error by default", () => {
  it.each([301, 302, 303, 307, 308])(
    "with status %i, which shows where it leads",
    async (status) => {
      leads = { "/a?SECRET": { status, location: `${other.origin}/inner/b?token=SECRET` } };
      const error = await failure(open("/a?SECRET"));
      expect(error).toMatchObject({ code: "ERR_REPLY", status, retryable: false });
      expect(error.message).toContain(`${asked.origin}/a redirects to ${other.origin}/inner/b (`);
      expect(error.message).toContain('redirect: "follow"');
      expect(requests.map(({ origin }) => origin)).toEqual(["asked"]);
    },
  );

  it("of the same origin, and relative", async () => {
    leads = { "/a": { location: "b?SECRET" } };
    const { message } = await failure(open("/a", { redirect: "error" }));
    expect(message).toContain(`redirects to ${asked.origin}/b (status 302)`);
    expect(requests.length).toBe(1);
  });

  it.each([
    undefined,
    "ftp://files.example/SECRET",
    "http://[SECRET",
    "https://u:SECRET@h.example/",
  ])("without an address of the web: %s", async (location) => {
    leads = { "/a": location === undefined ? {} : { location } };
    for (const redirect of ["error", "follow"] as const) {
      const error = await failure(open("/a", { redirect }));
      expect(error.message).toContain("redirects without an http or https address in Location");
    }
    expect(requests.length).toBe(2);
  });

  it("when the file is read later, too", async () => {
    const source = await open("/a");
    leads = { "/a": { location: other.origin } };
    expect(await failure(source.read(0, 9))).toMatchObject({ code: "ERR_REPLY", status: 302 });
    expect(requests.map(({ origin }) => origin)).toEqual(["asked", "asked"]);
  });

  it("that the caller's own fetch has followed", async () => {
    leads = { "/a": { location: "/b" } };
    const fetch: Fetch = (url, init) =>
      globalThis.fetch(url, { ...(init as RequestInit), redirect: "follow" });
    const error = await failure(open("/a", { fetch }));
    expect(error).toMatchObject({ code: "ERR_REPLY" });
    expect(error.message).toContain("your own fetch follows redirects");
    expect((await open("/a", { fetch, redirect: "follow" })).size).toBe(1000);
  });

  it("and 304, which is none, is a status as any other", async () => {
    leads = { "/a": { status: 304 } };
    expect((await failure(open("/a", { redirect: "follow" }))).message).toContain("status 304");
  });
});

describe("redirects that are to be followed", () => {
  const redirect = "follow";

  it("lead to the file, for each read anew", async () => {
    leads = { "/a": { location: "/b" }, "/b": { status: 307, location: "/c/film.mp4?SECRET" } };
    const source = await open("/a", { redirect });
    expect([source.name, source.size]).toEqual(["a", 1000]);
    expect(await source.read(10, 20)).toEqual(bytes.slice(10, 20));
    expect(requests.map(({ path, headers }) => `${path} ${headers.range}`)).toEqual([
      "/a bytes=0-0",
      "/b bytes=0-0",
      "/c/film.mp4?SECRET bytes=0-0",
      "/a bytes=10-19",
      "/b bytes=10-19",
      "/c/film.mp4?SECRET bytes=10-19",
    ]);
    expect(new Set(requests.map(({ headers }) => headers["x-api-key"]))).toEqual(
      new Set(["SECRET"]),
    );
  });

  it("lose the caller's headers at another origin, and do not get them back", async () => {
    leads = {
      "/a": { location: "/b" },
      "/b": { location: `${other.origin}/c` },
      "/c": { location: `${asked.origin}/d` },
    };
    await (await open("/a", { redirect })).read(0, 5);
    const sent = requests.map(({ path, headers }) => [
      path,
      headers.authorization ?? headers["x-api-key"] ?? "none",
    ]);
    const once = [
      ["/a", "Bearer SECRET"],
      ["/b", "Bearer SECRET"],
      ["/c", "none"],
      ["/d", "none"],
    ];
    expect(sent).toEqual([...once, ...once]);
    expect(requests.every(({ headers }) => headers["accept-encoding"]?.includes("identity"))).toBe(
      true,
    );
  });

  it("are five at most", async () => {
    leads = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [
        `/${index}`,
        { location: `/${index + 1}?SECRET` },
      ]).map(([path, lead], index) => [index === 0 ? path : `${path as string}?SECRET`, lead]),
    ) as typeof leads;
    expect((await failure(open("/0", { redirect }))).message).toMatch(
      /\/5 is the end of 5 redirects, and redirects to .*\/6\.$/,
    );
    expect(requests.length).toBe(6);
    requests = [];
    expect((await open("/1?SECRET", { redirect })).size).toBe(1000);
    expect(requests.length).toBe(6);
  });

  it("never from https to http", async () => {
    const urls: string[] = [];
    const fetch: Fetch = async (url) => {
      urls.push(url);
      return new Response(null, {
        status: 302,
        headers: { location: "http://cdn.example/a?SECRET" },
      });
    };
    const error = await failure(createUrlSource("https://cdn.example/a", { fetch, redirect }));
    expect(error.message).toContain("redirects to http://cdn.example/a, from https to http");
    expect(urls).toEqual(["https://cdn.example/a"]);
  });

  it("that break off show no query of the address they led to", async () => {
    leads = { "/a": { location: "/b?sig=SECRET" } };
    const fetch: Fetch = async (url, init) => {
      if (url.includes("/b")) throw new TypeError(`cannot reach ${url} now`);
      return globalThis.fetch(url, init);
    };
    const error = await failure(open("/a", { redirect, fetch, retry: false }));
    expect(error).toMatchObject({ code: "ERR_NETWORK" });
    expect(error.message).toContain("/b?… now");
  });
});

describe("a browser, which hides where a redirect leads", () => {
  /** As a browser answers: an opaque reply to "manual", the file to "follow". */
  function browser() {
    const modes: (string | undefined)[] = [];
    const fetch: Fetch = async (url, init) => {
      modes.push(init.redirect);
      if (init.redirect === undefined) return globalThis.fetch(url, init);
      return { status: 0, type: "opaqueredirect", headers: new Headers(), body: null };
    };
    return { fetch, modes };
  }

  it("refuses it by default", async () => {
    const { fetch, modes } = browser();
    const { message } = await failure(open("/a", { fetch }));
    expect(message).toContain("redirects elsewhere: the browser does not show where");
    expect(modes).toEqual(["manual"]);
  });

  it("follows it by itself where there are no headers that could reach another origin", async () => {
    const { fetch, modes } = browser();
    expect((await open("/a", { fetch, headers: {}, redirect: "follow" })).size).toBe(1000);
    expect(modes).toEqual(["manual", undefined]);
    const { message } = await failure(open("/a", { fetch, redirect: "follow" }));
    expect(message).toContain("headers could reach another server");
    expect(modes).toEqual(["manual", undefined, "manual"]);
  });
});

it("takes nothing else for redirect", async () => {
  for (const redirect of ["manual", true, 5, ""]) {
    await expect(open("/a", { redirect: redirect as "follow" })).rejects.toThrow(
      /redirect must be "error" or "follow"/,
    );
  }
});
