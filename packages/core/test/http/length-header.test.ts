import type { IncomingHttpHeaders } from "node:http";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type LocalServer, startLocalServer } from "../../../../test/support/local-server.ts";

const LARGE = new Uint8Array(200_000).map((_, i) => i % 251);

/** What a server received. */
interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const received: Received[] = [];
/** What fetch was given as bodies. */
const given: unknown[] = [];
let server: LocalServer;
let url: string;

beforeEach(async () => {
  vi.resetModules(); // what was found out about fetch
  server = await startLocalServer((request, response) => {
    const { headers } = request;
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ headers, body: Buffer.concat(parts) });
      response.statusCode = headers["content-length"] === undefined ? 412 : 200;
      response.end();
    });
  });
  url = `${server.origin}/`;
});

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.resetModules(); // files of tests share their modules
  received.length = 0;
  given.length = 0;
  await server.close();
});

/** Replaces the global fetch by one that changes the headers it is given. */
function stubFetch(change: (headers: Headers) => void = () => undefined): void {
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: string, init: RequestInit) => {
    given.push(init.body);
    const headers = new Headers(init.headers);
    change(headers);
    return fetch(input, { ...init, headers });
  });
}

async function post(
  parts: readonly Uint8Array[],
  own?: typeof globalThis.fetch,
  once?: boolean,
): Promise<number> {
  const { send } = await import("../../src/http/send.ts");
  const { createTransport } = await import("../../src/http/transport.ts");
  const { bytesBody } = await import("../../src/http/request-body.ts");
  const request = { method: "POST", url, headers: {}, body: bytesBody(parts), once };
  return (await send(createTransport({ fetch: own }), request, undefined)).status;
}

describe("a large body, where fetch lets the length stand in a header", () => {
  it("goes out as a stream with that length", async () => {
    stubFetch();
    expect(await post([LARGE.subarray(0, 100), LARGE.subarray(100)])).toBe(200);
    expect(given).toEqual([expect.any(ReadableStream)]);
    const [{ headers, body } = {}] = received;
    expect(headers).toMatchObject({ "content-length": "200000" });
    expect(headers).not.toHaveProperty("transfer-encoding");
    expect(body?.equals(LARGE)).toBe(true);
  });

  it("goes out whole where the caller has a fetch of his own", async () => {
    stubFetch();
    const { fetch: own } = globalThis;
    expect(await post([LARGE], own)).toBe(200);
    expect(given).toEqual([expect.any(Blob)]);
  });

  it("goes out whole where it is small", async () => {
    stubFetch();
    expect(await post([LARGE.subarray(0, 65_535)])).toBe(200);
    expect(await post([LARGE.subarray(0, 65_536)])).toBe(200);
    expect(given).toEqual([expect.any(Blob), expect.any(ReadableStream)]);
  });

  it("is sent again whole, and so is each after it, where the length went astray", async () => {
    stubFetch((headers) => headers.delete("content-length"));
    expect(await post([LARGE])).toBe(200);
    expect(await post([LARGE])).toBe(200);
    expect(given).toEqual([expect.any(ReadableStream), expect.any(Blob), expect.any(Blob)]);
    const [chunked, ...whole] = received;
    expect(chunked?.headers).toMatchObject({ "transfer-encoding": "chunked" });
    for (const { headers, body } of whole) {
      expect(headers).toMatchObject({ "content-length": "200000" });
      expect(body.equals(LARGE)).toBe(true);
    }
  });
});

describe("a large body of what must not be done twice, where the length went astray", () => {
  const large = { text: "x".repeat(200_000) };

  it("is not sent again: a proxy may say so after WeChat has done it", async () => {
    stubFetch((headers) => headers.delete("content-length"));
    expect(await post([LARGE], undefined, true)).toBe(412);
    expect(given).toEqual([expect.any(ReadableStream)]);
    expect(await post([LARGE], undefined, true)).toBe(200);
    expect(given).toEqual([expect.any(ReadableStream), expect.any(Blob)]);
  });

  it.each([true, undefined])("by mpRequest, with retryUnknown %s", async (retryUnknown) => {
    stubFetch((headers) => headers.delete("content-length"));
    const { createMpClient, mpRequest } = await import("../../src/index.ts");
    const mp = createMpClient({
      appid: "wx0123456789abcdef",
      getAccessToken: () => "token",
      baseUrl: server.origin,
    });
    const request = { method: "POST", path: "/cgi-bin/draft/add", body: large };
    const code = retryUnknown ? "ERR_REPLY" : "ERR_OUTCOME_UNKNOWN";
    await expect(mpRequest(mp, request, { retryUnknown })).rejects.toMatchObject({ code });
    expect(given).toHaveLength(retryUnknown ? 2 : 1);
  });

  it.each([true, undefined])("by payRequest, with retryUnknown %s", async (retryUnknown) => {
    stubFetch((headers) => headers.delete("content-length"));
    const { payRequest } = await import("../../src/index.ts");
    const { payWith } = await import("../pay/signed-replies.ts");
    const pay = await payWith({ baseUrl: server.origin });
    const request = { method: "POST", path: "/v3/refund/domestic/refunds", body: large };
    const code = retryUnknown ? "ERR_SIGNATURE" : "ERR_OUTCOME_UNKNOWN";
    await expect(payRequest(pay, request, { retryUnknown })).rejects.toMatchObject({ code });
    expect(given).toHaveLength(retryUnknown ? 2 : 1);
  });
});

describe("a large body, where a fetch that knows no streams replaces the runtime's", () => {
  it("is sent whole, and so is each after it", async () => {
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", async (input: string, init: { body: Blob | number }) => {
      const { body } = init;
      given.push(body);
      return fetch(input, { ...init, body: body instanceof Blob ? body : String(body) });
    });
    expect(await post([LARGE])).toBe(200);
    expect(await post([LARGE])).toBe(200);
    expect(given).toEqual([expect.any(ReadableStream), expect.any(Blob), expect.any(Blob)]);
    expect(received.map(({ body }) => body.equals(LARGE))).toEqual([true, true]);
  });
});

describe("a large body, where fetch makes bytes of a stream and refuses their length in a header", () => {
  // Next.js's development server, in a route of the edge runtime.
  function stub(): void {
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
      given.push(init.body);
      if (new Headers(init.headers).has("content-length")) {
        await new Response(init.body).arrayBuffer();
        const code = "UND_ERR_INVALID_ARG";
        const cause = Object.assign(new Error("invalid content-length header"), { code });
        throw new TypeError("fetch failed", { cause });
      }
      return fetch(input, init);
    });
  }

  it("is sent whole, and so is each after it", async () => {
    stub();
    expect(await post([LARGE])).toBe(200);
    expect(await post([LARGE])).toBe(200);
    expect(given).toEqual([expect.any(ReadableStream), expect.any(Blob), expect.any(Blob)]);
    expect(received.map(({ body }) => body.equals(LARGE))).toEqual([true, true]);
  });
});

describe("a large body goes out whole", () => {
  const { Request } = globalThis;
  const signs: Record<string, () => void> = {
    "where Content-Length is no header of the caller's": () => {
      class Strict extends Request {
        constructor(input: string, init: RequestInit) {
          super(input, init);
          this.headers.delete("content-length");
        }
      }
      vi.stubGlobal("Request", Strict);
    },
    "where requests know no duplex": () => {
      vi.stubGlobal("Request", function request(_: string, { headers }: RequestInit) {
        return { headers: new Headers(headers) };
      });
    },
    "where Request throws when it is looked at": () => {
      const get = (): never => {
        throw new TypeError("not here");
      };
      const before = Object.getOwnPropertyDescriptor(globalThis, "Request") ?? {};
      Object.defineProperty(globalThis, "Request", { get, configurable: true });
      onTestFinished(() => void Object.defineProperty(globalThis, "Request", before));
    },
    "where a request takes no stream": () => {
      vi.stubGlobal("Request", function request() {
        throw new TypeError("no streams");
      });
    },
  };
  it.each(Object.entries(signs))("%s", async (_, stub) => {
    stub();
    stubFetch();
    expect(await post([LARGE])).toBe(200);
    expect(given).toEqual([expect.any(Blob)]);
    expect(received[0]?.headers).toMatchObject({ "content-length": "200000" });
  });
});
