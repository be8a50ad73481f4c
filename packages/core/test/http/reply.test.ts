import { describe, expect, it } from "vitest";
import { NetworkError, ReplyError, TimeoutError } from "../../src/errors.ts";
import { networkError } from "../../src/http/network-error.ts";
import {
  idOf,
  kindOf,
  parseObject,
  readBody,
  requiredId,
  requiredText,
  retryAfterOf,
} from "../../src/http/reply.ts";
import { withRetry } from "../../src/http/retry.ts";
import { send } from "../../src/http/send.ts";
import { createTransport } from "../../src/http/transport.ts";
import { mayHaveBeenDone } from "../../src/http/unknown-outcome.ts";
import { unusableResponse } from "../../src/http/unusable-response.ts";
import { parseWholeNumbers } from "../../src/http/whole-numbers.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const replyWith = (headers: Record<string, string>, body = "") => ({
  status: 200,
  headers: new Headers(headers),
  body: bytes(body),
});

describe("a body", () => {
  const chunks = (...sizes: number[]) => {
    let cancelled = 0;
    const left = [...sizes];
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const size = left.shift();
          if (size === undefined) controller.close();
          else controller.enqueue(new Uint8Array(size));
        },
        cancel: () => {
          cancelled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    return { response: new Response(stream), cancelled: () => cancelled };
  };

  it("is read to its limit and no further", async () => {
    const fits = chunks(6, 4);
    expect(await readBody(fits.response, 10)).toHaveLength(10);
    expect(fits.cancelled()).toBe(0);
    const large = chunks(6, 5, 99);
    await expect(readBody(large.response, 10)).rejects.toThrow(/larger than 10 bytes/);
    expect(large.cancelled()).toBe(1);
  });

  it("of 1 MiB is taken by default, one byte more is not", async () => {
    expect(await readBody(chunks(1024 * 1024).response)).toHaveLength(1024 * 1024);
    const error = await readBody(chunks(1024 * 1024, 1).response).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ReplyError);
    expect(error).toMatchObject({ status: 200, requestId: undefined });
  });

  it("is JSON if it is an object in good UTF-8", () => {
    expect(parseObject(bytes('{"a":"街"}'))).toEqual({ a: "街" });
    for (const text of ["", "[]", "null", '"a"', "1", "{", "{}x"]) {
      expect(parseObject(bytes(text))).toBe(undefined);
      expect(parseWholeNumbers(bytes(text))).toBe(undefined);
    }
    expect(parseObject(Uint8Array.from([...bytes('{"a":"'), 0xff, ...bytes('"}')]))).toBe(
      undefined,
    );
  });

  it("is described by its length and type", () => {
    expect(kindOf(replyWith({}))).toBe("an empty body");
    expect(kindOf(replyWith({}, "ab"))).toBe("2 bytes of no content type");
    expect(kindOf(replyWith({ "content-type": "text/html; charset=gbk" }, "a"))).toBe(
      "1 bytes of text/html",
    );
  });
});

it.each([
  ['{"a":9007199254740991}', 9007199254740991],
  ['{"a":9007199254740992}', "9007199254740992"],
  ['{"a":-9007199254740991}', -9007199254740991],
  ['{"a":-9007199254740993}', "-9007199254740993"],
  ['{"a": [ 1234567890123456789 ]}', ["1234567890123456789"]],
  ['{"a":1234567890.123456789}', 1234567890.1234567],
  ['{"a":1234567890123456e3}', 1234567890123456e3],
  ['{"a":"\\\\",\n"b":12345678901234567890}', "\\"],
  ['{"a":"b\\":1234567890123456789"}', 'b":1234567890123456789'],
])("whole numbers keep their digits: %s", (text, a) => {
  expect(parseWholeNumbers(bytes(text))).toMatchObject({ a });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 11, 1);
  it.each([
    [{}, undefined],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after": "7.5s" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": new Date(now + 9000).toUTCString() }, 9000],
    [{ "retry-after": new Date(now - 9000).toUTCString() }, 0],
  ])("%j is %s ms", (headers, ms) => {
    expect(retryAfterOf(replyWith(headers as Record<string, string>), now)).toBe(ms);
  });
});

describe("an id", () => {
  it.each([
    ["m", "m"],
    ["0", "0"],
    [" m", " m"],
    [1, "1"],
    [2 ** 53 - 1, "9007199254740991"],
  ])("%j is %s", (value, id) => {
    expect(idOf(value)).toBe(id);
  });

  it.each([
    [undefined],
    [null],
    [""],
    [" \n"],
    ["m\r\n"],
    ["m\u0000"],
    ["m\u001b[31m"],
    ["\u009fm"],
    ["m\u2028"],
    ["\u202em"],
    ["m\ud800"],
    [0],
    [-1],
    [1.5],
    [2 ** 53],
    [Number.NaN],
    [true],
    [[]],
    [["m"]],
    [{}],
    [new String("m")],
  ])("is not %j", (value) => {
    expect(idOf(value)).toBe(undefined);
    expect(() => requiredId({ a: value }, "a")).toThrow(
      /^The reply reports success but has no usable a\.$/,
    );
  });

  it("is the first of several fields that has one", () => {
    expect(requiredId({ a: "", b: 7, c: "c" }, "a", "b", "c")).toBe("7");
    expect(() => requiredId({ a: "" }, "a", "b")).toThrow(/no usable a or b/);
    expect(requiredText({ a: 7, b: "b" }, "a", "b")).toBe("b");
    expect(() => requiredText({ a: 7, b: "" }, "a", "b")).toThrow(/no usable a or b/);
    expect(() => requiredText({ a: "https://a.cn/\n", b: " " }, "a", "b")).toThrow(
      /no usable a or b/,
    );
  });
});

describe("the outcome of a call", () => {
  it.each([
    ["no reply", new NetworkError("cut"), true],
    ["no reply in time", new TimeoutError("late"), true],
    ...[0, 200, 302, 401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431, 500, 501, 505, 511].map(
      (status) => [`no JSON, ${status}`, new ReplyError("html", { status }), true] as const,
    ),
    ["no Response", unusableResponse("fetch must return …"), true],
    ["a TypeError", new TypeError("fetch must return …"), false],
    ["an abort", new DOMException("aborted", "AbortError"), false],
    ["a string", "reason", false],
    ["nothing", undefined, false],
  ] as const)("after %s", (_, error, unknown) => {
    expect(mayHaveBeenDone(error)).toBe(unknown);
  });
});

describe("what fetch rejects with", () => {
  const error = (message: string, cause?: unknown) => new TypeError(message, { cause });
  it.each<[string, unknown, string, number | undefined]>([
    ["a redirect", error("unexpected redirect"), "ERR_REPLY", 0],
    [
      "a redirect, in the cause",
      error("fetch failed", error("Unexpected Redirect")),
      "ERR_REPLY",
      0,
    ],
    [
      "an address with redirect in it",
      error("no route to https://a.example/redirect"),
      "ERR_NETWORK",
      undefined,
    ],
    ["Node's 407", error("fetch failed", new Error("")), "ERR_REPLY", 407],
    [
      "a cause with a code",
      error("fetch failed", Object.assign(new Error(""), { code: "E" })),
      "ERR_NETWORK",
      undefined,
    ],
    [
      "a cause with a message",
      error("fetch failed", new Error("ECONNRESET")),
      "ERR_NETWORK",
      undefined,
    ],
    [
      "another error with a nameless cause",
      error("failed", new Error("")),
      "ERR_NETWORK",
      undefined,
    ],
    ["a proxy's words", error("Proxy Authentication Required"), "ERR_REPLY", 407],
    ["a proxy's status", error("Proxy response (407) !== 200"), "ERR_REPLY", 407],
    ["a text", "offline", "ERR_NETWORK", undefined],
    ["nothing", undefined, "ERR_NETWORK", undefined],
  ])("%s", (_, thrown, code, status) => {
    const made = networkError(thrown, undefined);
    expect(made.code).toBe(code);
    expect((made as { status?: number }).status).toBe(status);
    if (code === "ERR_NETWORK") expect(made.cause).toBe(thrown);
  });

  it("is shown without secrets, and its cause is another error then", () => {
    const thrown = error("no route to T0KEN.");
    const made = networkError(thrown, (text) => text.replace("T0KEN", "***"));
    expect(made.message).toBe("No complete reply came: no route to ***.");
    expect(made.cause).not.toBe(thrown);
    expect((made.cause as Error).message).toBe("no route to ***.");
  });
});

describe("a status", () => {
  const statusOf = (status: number) => {
    let cancelled = 0;
    const cancel = (): void => {
      cancelled += 1;
    };
    const body = new ReadableStream({ cancel }, { highWaterMark: 0 });
    const transport = createTransport({
      fetch: async () => ({
        status,
        headers: new Headers(),
        body: [300, 301, 302, 399, 407].includes(status) ? body : null,
      }),
    });
    const request = { method: "GET", url: "https://a.example/", headers: {}, body: undefined };
    const heads: number[] = [];
    const sent = send(transport, request, undefined, (head) => heads.push(head.status));
    return { sent, heads, cancelled: () => cancelled };
  };

  it.each([299, 400, 406, 408])("%i is a reply", async (status) => {
    const { sent, heads } = statusOf(status);
    expect(await sent).toMatchObject({ status });
    expect(heads).toEqual([status]);
  });

  it.each([300, 301, 302, 399, 407])("%i is none, and its body is not read", async (status) => {
    const { sent, heads, cancelled } = statusOf(status);
    await expect(sent).rejects.toMatchObject({ code: "ERR_REPLY", status });
    expect(heads).toEqual([status]);
    expect(cancelled()).toBe(1);
  });
});

describe("a retry", () => {
  const failing = async (retry: object | false, retryAfter?: number) => {
    const pauses: number[] = [];
    const transport = createTransport({ retry, sleep: async (ms) => void pauses.push(ms) });
    let tries = 0;
    await withRetry(transport, { repeatable: true }, async (number) => {
      tries += 1;
      expect(number).toBe(tries);
      throw new ReplyError("busy", { status: 503, retryAfter });
    }).catch(() => undefined);
    return { tries, pauses };
  };

  it("waits as long as the server asks, up to maxDelay", async () => {
    const retry = { attempts: 2, minDelay: 100, maxDelay: 5000 };
    expect(await failing(retry, 5000)).toEqual({ tries: 2, pauses: [5000] });
    expect(await failing(retry, 5001)).toEqual({ tries: 1, pauses: [] });
    expect(await failing(false, 1)).toEqual({ tries: 1, pauses: [] });
  });

  it("waits twice as long each time, shortened by up to half", async () => {
    const { tries, pauses } = await failing({ attempts: 5, minDelay: 100, maxDelay: 500 });
    expect(tries).toBe(5);
    for (const [i, full] of [100, 200, 400, 500].entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(full / 2);
      expect(pauses[i]).toBeLessThanOrEqual(full);
    }
    expect(pauses).toHaveLength(4);
  });

  it("does not follow what is not retryable, not ours, or not to be repeated", async () => {
    const transport = createTransport({ sleep: async () => undefined });
    for (const [thrown, repeatable] of [
      [new ReplyError("no", { status: 403 }), true],
      [new TypeError("not ours"), true],
      [Object.assign(new Error("not ours"), { retryable: true }), true],
      [new NetworkError("cut"), false],
      [new NetworkError("cut"), () => false],
    ] as const) {
      let tries = 0;
      const run = withRetry(transport, { repeatable }, async () => {
        tries += 1;
        throw thrown;
      });
      await expect(run).rejects.toBe(thrown);
      expect(tries).toBe(1);
    }
  });
});
