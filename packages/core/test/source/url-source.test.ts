import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalServer, startLocalServer } from "../../../../test/support/local-server.ts";
import { digest } from "../../src/hash/digest.ts";
import { createUrlSource, type UrlSourceOptions } from "../../src/source/url-source.ts";

const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 251);

/** A server of one file, with what a test changes of its answers. */
interface Behaviour {
  body: Uint8Array;
  headers: Record<string, string>;
  answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}
let behaviour: Behaviour;
let requests: IncomingMessage[] = [];
let server: LocalServer;
let origin: string;

beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    requests.push(request);
    if (behaviour.answer?.(request, response)) return;
    const { body, headers } = behaviour;
    const [, from = "", to = ""] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const start = Number(from);
    const end = Math.min(Number(to) + 1, body.length);
    if (start >= body.length) {
      response.writeHead(416, { ...headers, "content-range": `bytes */${body.length}` }).end();
      return;
    }
    response
      .writeHead(206, { ...headers, "content-range": `bytes ${start}-${end - 1}/${body.length}` })
      .end(body.subarray(start, end));
  });
  origin = server.origin;
});
afterAll(() => server.close());
beforeEach(() => {
  behaviour = { body: bytes, headers: { etag: '"1"', "content-type": "video/mp4" } };
  requests = [];
});

const open = (options: UrlSourceOptions = {}, path = "/files/film.mp4?signature=SECRET") =>
  createUrlSource(`${origin}${path}`, { sleep: async () => undefined, ...options });

/** Fails with this, whose text holds no secret. */
async function expectError(work: Promise<unknown>, about: object): Promise<void> {
  const error: unknown = await work.then(
    () => new Error("It succeeded."),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject(about);
  const { message, stack, cause } = error as Error;
  expect(`${message} ${stack} ${String(cause)}`).not.toContain("SECRET");
}

const answerWith = (status: number, headers: Record<string, string> = {}, body = "") => {
  behaviour.answer = (_, response) => {
    response.writeHead(status, { ...behaviour.headers, ...headers }).end(body);
    return true;
  };
};

describe("a source of a URL", () => {
  it("reads any range, each with a request of its own", async () => {
    const source = await open();
    expect(source).toMatchObject({ name: "film.mp4", type: "video/mp4", size: bytes.length });
    expect(await source.read(0, 10)).toEqual(bytes.slice(0, 10));
    expect(await source.read(99_990, 100_000)).toEqual(bytes.slice(99_990));
    expect(await source.read(7, 7)).toEqual(new Uint8Array(0));
    expect(requests.map(({ method, headers }) => `${method} ${headers.range}`)).toEqual([
      "GET bytes=0-0",
      "GET bytes=0-9",
      "GET bytes=99990-99999",
    ]);
    expect(requests[1]?.headers["accept-encoding"]).toMatch(/^identity(, identity)?$/); // Node adds its own
  });

  it("has the digest of the file", async () => {
    expect(await digest(await open(), "SHA-1")).toBe(await digest(bytes, "SHA-1"));
  });

  it("takes another name and type, and headers", async () => {
    const headers = { Authorization: "Bearer token" };
    const source = await open({ name: "other.mov", type: "video/quicktime", headers });
    await source.read(0, 1);
    expect([source.name, source.type]).toEqual(["other.mov", "video/quicktime"]);
    expect(requests.map((request) => request.headers.authorization)).toEqual([
      "Bearer token",
      "Bearer token",
    ]);
  });

  it.each([
    ["/%E7%94%B5%E5%BD%B1.mp4", "电影.mp4"],
    ["/v0/b/store/o/a%2Fb.mp4?x=/c.mp4", "b.mp4"],
    ["/100%.mp4", "100%.mp4"],
    ["/", ""],
  ])("is named by its path: %s", async (path, name) => {
    expect((await open({}, path)).name).toBe(name);
  });

  it("may be empty", async () => {
    behaviour.body = new Uint8Array(0);
    expect((await open()).size).toBe(0);
  });

  it.each([
    "film.mp4",
    "/film.mp4",
    "file:///film.mp4",
    "",
    "https://user:secret@cdn.example/a.mp4",
  ])("needs a URL of the web: %j", async (url) => {
    await expect(createUrlSource(url)).rejects.toThrow(TypeError);
  });
});

describe("a file that changes", () => {
  const changed = { name: "MediaError", code: "ERR_MEDIA", reason: "changed" };
  const cases: Readonly<Record<string, () => void>> = {
    "in its ETag": () => {
      behaviour.headers["etag"] = '"2"';
    },
    "in its weak ETag": () => {
      behaviour.headers["etag"] = 'W/"1"';
    },
    "to one without ETag": () => {
      delete behaviour.headers["etag"];
    },
    "in its size alone": () => {
      behaviour.body = new Uint8Array([...bytes, 1]);
    },
    "to a shorter one that the range reaches beyond": () => {
      behaviour.body = bytes.subarray(0, 15);
    },
    "to one that begins after the range": () => {
      behaviour.body = bytes.subarray(0, 5);
    },
    "to one that is sent whole": () => answerWith(200, {}, "whole"),
    "and is gone": () => answerWith(404),
    "and is gone for good": () => answerWith(410),
    "against a precondition": () => answerWith(412),
  };
  for (const [what, change] of Object.entries(cases)) {
    it(`${what} is a MediaError`, async () => {
      const source = await open();
      await source.read(0, 10);
      change();
      await expectError(source.read(10, 20), changed);
      expect(requests.length).toBe(3);
    });
  }

  it("in its Last-Modified, where there is no ETag", async () => {
    behaviour.headers = { "last-modified": "Sun, 01 Nov 2026 00:00:00 GMT" };
    const source = await open();
    await source.read(0, 10);
    behaviour.headers = { "last-modified": "Sun, 01 Nov 2026 00:00:01 GMT" };
    await expectError(source.read(10, 20), changed);
  });

  it("in its Last-Modified alone has not changed where the ETag is the same", async () => {
    const source = await open();
    behaviour.headers["last-modified"] = "Sun, 01 Nov 2026 00:00:01 GMT";
    expect(await source.read(10, 20)).toEqual(bytes.slice(10, 20));
  });

  it("is let go of: the server need not send the rest", async () => {
    const source = await open();
    const closed = new Promise((resolve) => {
      behaviour.answer = (_, response) => {
        response.on("close", resolve);
        const headers = { etag: '"2"', "content-range": "bytes 0-99999/100000" };
        response.writeHead(206, headers).write(new Uint8Array(50_000));
        return true;
      };
    });
    await expectError(source.read(0, 100_000), changed);
    await closed;
  });
});

describe("a server that does not do as asked", () => {
  it.each([
    [200, /whole file \(status 200\).*does not support Range requests/],
    [204, /status 204; .*must be answered with 206/],
    [401, /status 401/],
    [403, /status 403/],
    [404, /status 404/],
    [416, /status 416/],
  ])("with status %i is a ReplyError at once", async (status, message) => {
    answerWith(status);
    await expectError(open(), {
      code: "ERR_REPLY",
      status,
      message: expect.stringMatching(message),
    });
    expect(requests.length).toBe(1);
  });

  it("with 403 later, as when a signature runs out, is a ReplyError", async () => {
    const source = await open();
    answerWith(403);
    await expectError(source.read(0, 5), { code: "ERR_REPLY", status: 403 });
  });

  it.each([429, 500, 503])("with status %i is asked again, three times in all", async (status) => {
    answerWith(status);
    await expectError(open(), { code: "ERR_REPLY", status });
    expect(requests.length).toBe(3);
  });

  it("and then does is forgiven", async () => {
    let count = 0;
    behaviour.answer = (request, response) => {
      count += 1;
      if (count === 1) response.writeHead(503).end();
      else if (count === 3) request.socket.destroy();
      else if (count === 5) {
        // The connection breaks within the body.
        const headers = { ...behaviour.headers, "content-range": "bytes 0-99/100000" };
        response.writeHead(206, { ...headers, "content-length": "100" }).write("half");
        setImmediate(() => request.socket.destroy());
      } else return false;
      return true;
    };
    const source = await open();
    expect(await source.read(50, 60)).toEqual(bytes.slice(50, 60));
    expect(await source.read(0, 100)).toEqual(bytes.slice(0, 100));
    expect(count).toBe(6);
  });

  it.each([
    ["without Content-Range", {}, /Access-Control-Expose-Headers/],
    ["without a size", { "content-range": "bytes 0-0/*" }, /has no size in Content-Range/],
    [
      "with another range",
      { "content-range": "bytes 5-5/100000" },
      /bytes 5 to 6 when asked for 0 to 1/,
    ],
  ])("with a 206 %s is a ReplyError", async (_, headers, message) => {
    answerWith(206, headers, "x");
    await expectError(open(), { code: "ERR_REPLY", message: expect.stringMatching(message) });
  });

  it("with fewer bytes than asked for, though the file has them, is a ReplyError", async () => {
    const source = await open();
    answerWith(206, { "content-range": "bytes 0-4/100000" }, "abcde");
    await expectError(source.read(0, 10), { code: "ERR_REPLY" });
  });

  it("with more bytes than it says is a ReplyError", async () => {
    const source = await open();
    answerWith(206, { "content-range": "bytes 0-9/100000" }, "abcdefghijk");
    await expectError(source.read(0, 10), { code: "ERR_REPLY" });
  });

  it("with fewer bytes than it says is a broken connection", async () => {
    const source = await open();
    answerWith(206, { "content-range": "bytes 0-9/100000" }, "abc");
    await expectError(source.read(0, 10), { code: "ERR_NETWORK" });
    expect(requests.length).toBe(4);
  });

  it("with compressed bytes is a ReplyError", async () => {
    const zipped = gzipSync(Uint8Array.of(1));
    behaviour.answer = (_, response) => {
      const headers = { "content-range": "bytes 0-0/100000", "content-encoding": "gzip" };
      response.writeHead(206, headers).end(zipped);
      return true;
    };
    await expectError(open(), { code: "ERR_REPLY", message: expect.stringContaining("gzip") });
  });

  it("that nobody is at is a NetworkError, and the query is not in it", async () => {
    const fetch = async (input: unknown) => {
      throw new TypeError(`cannot reach ${String(input)}`);
    };
    await expectError(open({ fetch }), {
      code: "ERR_NETWORK",
      message: expect.stringContaining("/files/film.mp4"),
    });
  });

  it("that never answers is a TimeoutError", async () => {
    behaviour.answer = () => true;
    await expectError(open({ timeout: 30, retry: false }), { code: "ERR_TIMEOUT" });
  });
});

describe("an abort", () => {
  const reason = new Error("no longer wanted");

  it("before or while it is opened rejects with the signal's reason", async () => {
    await expect(open({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests).toEqual([]);
    const stop = new AbortController();
    behaviour.answer = () => {
      stop.abort(reason);
      return true;
    };
    await expect(open({ signal: stop.signal })).rejects.toBe(reason);
  });

  it("while it is read, in the head and in the body", async () => {
    for (const isBegun of [false, true]) {
      delete behaviour.answer;
      const source = await open();
      const stop = new AbortController();
      behaviour.answer = (_, response) => {
        if (isBegun) {
          const headers = { ...behaviour.headers, "content-range": "bytes 0-9/100000" };
          response.writeHead(206, headers).write("abc");
        }
        setImmediate(() => stop.abort(reason));
        return true;
      };
      await expect(source.read(0, 10, { signal: stop.signal })).rejects.toBe(reason);
    }
  });
});

describe("headers that are none", () => {
  it.each([
    ["Authorization", "MYKEY\nx"],
    ["X-Api-Key", "MYKEY密钥"],
    ["not a name", "MYKEY"],
  ])(
    "are a TypeError that names %s and not its value, before anything is sent",
    async (name, value) => {
      requests = [];
      const error: unknown = await createUrlSource(`${origin}/film.mp4`, {
        headers: { Accept: "*/*", [name]: value },
      }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain(JSON.stringify(name));
      expect(String(error)).not.toContain("MYKEY");
      expect(requests).toEqual([]);
    },
  );
});
