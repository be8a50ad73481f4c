// A fetch whose Response is not the one of the Fetch standard: node-fetch, whatwg-fetch, React Native, mini programs.

import {
  createMpClient,
  createPayClient,
  createUrlSource,
  digest,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { addMaterial, downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import {
  type Adapter,
  failure,
  payThrough,
  through,
} from "../../../../test/support/foreign-fetch.ts";
import { media } from "../../../../test/support/media.ts";
import { payInProcess } from "../../../../test/support/pay.ts";

const headersOf = ({ headers }: Response) => ({ get: (name: string) => headers.get(name) });
const bare = (response: Response) => ({ status: response.status, headers: headersOf(response) });
const bytesOf = (response: Response) => ({ arrayBuffer: () => response.arrayBuffer() });

/** Responses with all that is needed. */
const usable: Readonly<Record<string, Adapter>> = {
  "node-fetch: body is a stream of Node": (response) => ({
    ...bare(response),
    ...bytesOf(response),
    body: { pipe: () => expect.fail(), on: () => undefined, destroy: () => undefined },
    bodyUsed: false,
  }),
  "whatwg-fetch and React Native: no body": (response) => ({
    ...bare(response),
    ...bytesOf(response),
  }),
  "an adapter: body is null although there is content": (response) => ({
    ...bare(response),
    ...bytesOf(response),
    body: null,
  }),
  "a body that can only be iterated": (response) => ({
    ...bare(response),
    ...bytesOf(response),
    body: { [Symbol.asyncIterator]: () => expect.fail() },
  }),
  "text in place of a body": (response) => ({
    ...bare(response),
    ...bytesOf(response),
    body: "cut",
  }),
  "arrayBuffer that returns a Uint8Array": (response) => ({
    ...bare(response),
    arrayBuffer: async () => new Uint8Array(await response.arrayBuffer()),
  }),
  "a web stream and nothing else": (response) => ({ ...bare(response), body: response.body }),
  "headers that return undefined for what is not there": (response) => ({
    ...bytesOf(response),
    status: response.status,
    headers: { get: (name: string) => response.headers.get(name) ?? undefined },
  }),
  "a class with methods on its prototype": (response) =>
    new (class {
      readonly #response = response;
      get status() {
        return this.#response.status;
      }
      get headers() {
        return this.#response.headers;
      }
      arrayBuffer() {
        return this.#response.arrayBuffer();
      }
    })(),
};

/** Responses that cannot be read, and what the error says. */
const unusable: Readonly<Record<string, readonly [Adapter, RegExp]>> = {
  nothing: [
    () => undefined,
    /fetch must return a Response with status and headers\.get\(name\), not undefined/,
  ],
  "text alone": [(response) => response.text(), /, not a string of \d+ characters/],
  "JSON of axios": [
    ({ status }) => ({ status, data: {}, headers: { date: "" } }),
    /a Response with status and headers\.get\(name\), not an object/,
  ],
  "what wx.request of a mini program gives": [
    ({ status }) => ({ statusCode: status, data: {}, header: {} }),
    /with status and headers\.get\(name\), not an object/,
  ],
  "headers in an object": [
    (response) => ({
      ...bytesOf(response),
      status: 200,
      headers: Object.fromEntries(response.headers),
    }),
    /headers\.get\(name\), not an object/,
  ],
  "arrayBuffer of an old React Native": [
    (response) => ({
      ...bare(response),
      arrayBuffer: () =>
        Promise.reject(new Error("FileReader.readAsArrayBuffer is not implemented")),
    }),
    /that can be read: Error: FileReader\.readAsArrayBuffer is not implemented/,
  ],
  "arrayBuffer that is not supported": [
    (response) => ({
      ...bare(response),
      arrayBuffer() {
        throw new TypeError("Operation is not supported");
      },
    }),
    /that can be read: TypeError: Operation is not supported/,
  ],
  "only text()": [
    (response) => ({ ...bare(response), text: () => response.text() }),
    /as body or arrayBuffer\(\), not undefined/,
  ],
  "text() beside null": [
    (response) => ({ ...bare(response), body: null, text: () => response.text() }),
    /arrayBuffer\(\), not null/,
  ],
  "a stream of Node without arrayBuffer": [
    (response) => ({ ...bare(response), body: { pipe: () => undefined } }),
    /arrayBuffer\(\), not an object/,
  ],
  "a body that a logger has read": [
    async (response) => {
      await response.text();
      return response;
    },
    /was not read before\. Read response\.clone\(\)/,
  ],
  "a body that a logger is reading": [
    (response) => {
      response.body?.getReader();
      return response;
    },
    /was not read before/,
  ],
  "arrayBuffer that returns nothing": [
    (response) => ({ ...bare(response), arrayBuffer: async () => undefined }),
    /arrayBuffer\(\), not null/,
  ],
  "arrayBuffer that returns text": [
    (response) => ({ ...bare(response), arrayBuffer: () => response.text() }),
    /arrayBuffer\(\), not an? (?:empty )?string/,
  ],
  "a stream of text": [
    (response) => ({
      ...bare(response),
      body: new ReadableStream({ pull: (controller) => controller.enqueue("text") }),
    }),
    /arrayBuffer\(\), not a string of 4/,
  ],
};

function mpThrough(adapter: Adapter) {
  const emulator = createEmulator();
  const fetch = through(emulator, adapter);
  return { emulator, mp: createMpClient({ ...credentials.mp, fetch, sleep: async () => {} }) };
}

describe.each(Object.entries(usable))("%s", (_, adapter) => {
  it("is read, and its signature verified", async () => {
    const { pay, emulator } = payThrough(adapter);
    expect((await uploadImage(pay, await media("licence.jpg"))).media_id).not.toBe("");
    const { data } = await payRequest<{ data: object[] }>(pay, {
      method: "GET",
      path: "/v3/certificates",
    });
    expect(data.length).toBe(1);
    expect(emulator.control.journal.entries().length).toBe(2);
  });

  it("shows WeChat's error", async () => {
    const { pay, emulator } = payThrough(adapter);
    emulator.control.faults.add({ kind: "no-auth" });
    const upload = uploadImage(pay, await media("licence.jpg"));
    await expect(upload).rejects.toMatchObject({ code: "ERR_PAY_API", apiCode: "NO_AUTH" });
  });

  it("uploads and downloads for an Official Account", async () => {
    const { mp } = mpThrough(adapter);
    const file = await media("picture-1.jpg");
    const { media_id } = await uploadMedia(mp, { type: "image" }, file);
    const download = await downloadMedia(mp, { media_id });
    if (download.kind !== "file") return expect.fail();
    const bytes = new Uint8Array(await new Response(download.body).arrayBuffer());
    expect(bytes).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it("is a source of a URL", async () => {
    const file = await media("licence.jpg");
    const server = async (_url: string, { headers }: { headers: Record<string, string> }) => {
      const [first = 0, last = 0] = (headers["Range"] ?? "").match(/\d+/g)?.map(Number) ?? [];
      const range = { "Content-Range": `bytes ${first}-${last}/${file.size}` };
      const part = new Response(file.slice(first, last + 1), { status: 206, headers: range });
      return adapter(part);
    };
    const source = await createUrlSource("https://cdn.example/a.jpg", { fetch: server as never });
    expect(await digest(source, "SHA-1")).toBe(await digest(file, "SHA-1"));
  });
});

describe.each(Object.entries(unusable))("%s", (_, [adapter, message]) => {
  it("is a TypeError after one request", async () => {
    const { pay, pauses, emulator } = payThrough(adapter);
    const error = await failure(uploadImage(pay, await media("licence.jpg")));
    expect(error.name).toBe("TypeError");
    expect(error.message).toMatch(message);
    expect([pauses, emulator.control.journal.entries().length]).toEqual([[], 1]);
    let requests = 0;
    const part = () =>
      new Response("a", { status: 206, headers: { "Content-Range": "bytes 0-0/1" } });
    const url = createUrlSource("https://cdn.example/a.jpg", {
      fetch: (async () => {
        requests += 1;
        return adapter(part());
      }) as never,
    }).then((source) => {
      requests = 0;
      return source.read(0, 1);
    });
    expect((await failure(url)).message).toMatch(message);
    expect(requests).toBe(1);
  });

  it("leaves the outcome of a call unknown that must not be done twice", async () => {
    let requests = 0;
    const { pay } = payInProcess({
      fetch: (async () => {
        requests += 1;
        return adapter(new Response('{"status":"SUCCESS"}'));
      }) as never,
    });
    const request = { method: "POST", path: "/v3/refund/domestic/refunds", body: {} };
    const error = await failure(payRequest(pay, request));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "payRequest" });
    expect(error.message).toMatch(message);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(requests).toBe(1);
    const repeatable = failure(payRequest(pay, request, { retryUnknown: true }));
    expect((await repeatable).name).toBe("TypeError");
    expect(requests).toBe(2);
  });
});

describe("of a reply without content", () => {
  it.each([
    ["204 and nothing to read", { status: 204 }],
    ["204 and only text()", { status: 204, text: async () => "" }],
    ["204 and null", { status: 204, body: null }],
  ])("%s is the empty body", async (_, response) => {
    const { pay } = payInProcess({
      fetch: async () => ({ ...response, headers: NONE }),
    });
    const call = payRequest(pay, { method: "GET", path: "/v3/certificates" });
    await expect(call).rejects.toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
  });
});

describe("errors of one's own options", () => {
  it.each([
    ["now", { now: () => new Date() }],
    ["now of text", { now: () => "soon" }],
  ])("%s: a TypeError before anything is sent", async (_, options) => {
    const { pay, emulator, pauses } = payInProcess(options as never);
    const request = { method: "POST", path: "/v3/refund/domestic/refunds", body: {} };
    const upload = uploadImage(pay, await media("licence.jpg"));
    expect((await failure(upload)).name).toBe("TypeError");
    expect((await failure(payRequest(pay, request))).name).toBe("TypeError");
    expect([pauses, emulator.control.journal.entries().length]).toEqual([[], 0]);
  });

  it("sleep that throws ends the call with what it threw", async () => {
    const own = new RangeError("no timers here");
    const { pay, emulator } = payInProcess({ sleep: () => Promise.reject(own) });
    emulator.control.faults.add({ kind: "system-error", times: 0 });
    await expect(uploadImage(pay, await media("licence.jpg"))).rejects.toBe(own);
    expect(emulator.control.journal.entries().length).toBe(1);
  });
});

describe("an Official Account's call that must not be done twice", () => {
  it("has an unknown outcome if its Response cannot be read", async () => {
    let isUsable = true;
    const { mp, emulator } = mpThrough((response) =>
      isUsable ? response : { ...bare(response), text: () => response.text() },
    );
    await mpRequest(mp, { method: "GET", path: "/cgi-bin/material/get_materialcount" });
    isUsable = false;
    const add = addMaterial(mp, { type: "image" }, await media("picture-1.jpg"));
    const error = await failure(add);
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "addMaterial" });
    expect(error.message).toMatch(/a web stream of bytes/);
    expect(emulator.control.journal.entries().length).toBe(3);
  });
});

it("the emulator's credentials make a client whose fetch is node-fetch's", () => {
  const nodeFetch = async () => ({
    status: 200,
    headers: new Headers(),
    body: { pipe: () => undefined } as object | null,
    bodyUsed: false,
    arrayBuffer: async () => new ArrayBuffer(0),
  });
  expect(() => createPayClient({ ...credentials.pay, fetch: nodeFetch })).not.toThrow();
});

const NONE = { get: () => null };

it("shows what wx.request rejects with", async () => {
  const wxError: unknown = { errMsg: "request:fail timeout" };
  const { pay } = payThrough(() => Promise.reject(wxError));
  const upload = uploadImage(pay, await media("licence.jpg"));
  await expect(upload).rejects.toThrow(/^No complete reply came: request:fail timeout\.$/);
});
