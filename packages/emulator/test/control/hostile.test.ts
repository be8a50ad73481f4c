// What comes as JSON may have names that every object has, and no end of levels. A clock may be set to any moment.

import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { mpClient, temporary } from "../mp/mp-client.ts";

const ORIGIN = "http://localhost";
const open = (options: object = {}) => {
  const emulator = createEmulator(options);
  const post = async (route: string, body: string, method = "POST") => {
    const response = await emulator.fetch(`${ORIGIN}/_emulator/${route}`, {
      method,
      ...(method === "POST" && { body }),
    });
    return { status: response.status, text: await response.text() };
  };
  return { ...emulator, post };
};
const deep = (levels: number, inner = "1"): string =>
  `${'{"a":'.repeat(levels)}${inner}${"}".repeat(levels)}`;

describe("a control route", () => {
  it.each([
    ["options", '{"__proto__":{"strict":false}}'],
    ["options", '{"limits":{"__proto__":{"image":1}}}'],
    ["options", '{"limits":{"constructor":1}}'],
    ["faults", '{"kind":"status","status":500,"__proto__":{"times":9}}'],
    ["faults", '{"kind":"status","status":500,"match":{"__proto__":{"path":"/"}}}'],
    ["faults", '[{"kind":"__proto__"}]'],
    ["seed", '{"accounts":[{"appid":"wx0123456789abcdef","__proto__":{"pay":true}}]}'],
    ["seed", '{"accounts":[{"appid":"wx0123456789abcdef","dailyLimits":{"__proto__":5}}]}'],
    ["seed", '{"accounts":[{"appid":"wx0123456789abcdef","dailyLimits":{"constructor":5}}]}'],
    ["seed", '{"accounts":[{"appid":"wx0123456789abcdef","minuteLimits":{"prototype":5}}]}'],
    ["notify", '{"url":"http://localhost:1/","resource":{"__proto__":{"mchid":"1"}}}'],
    ["notify", '{"url":"http://localhost:1/","event_type":"constructor"}'],
    ["notify", '{"url":"http://localhost:1/","event_type":"__proto__"}'],
    ["callbacks", '{"url":"http://localhost:1/","message":{"MsgType":"text","__proto__":{}}}'],
    ["clock", '{"advance":1,"__proto__":{"set":1}}'],
    ["mp-platforms", '{"deliver":{"__proto__":{}}}'],
  ])("%s refuses %s", async (route, body) => {
    const { post, control } = open();
    const before = JSON.stringify([control.options, control.accounts]);
    const { status, text } = await post(route, body);
    expect({ status, text }).toMatchObject({ status: 400 });
    expect(JSON.parse(text)).toHaveProperty("error");
    expect(JSON.stringify([control.options, control.accounts])).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf"])(
    "does not know the method %s",
    async (method) => {
      const { post } = open();
      expect(await post("health", "", method)).toMatchObject({ status: 405 });
    },
  );

  it("takes 64 levels, and no more", async () => {
    const { post } = open();
    // The resource is the second level.
    const notify = (levels: number) =>
      post("notify", `{"url":"http://localhost:1/","resource":${deep(levels)}}`);
    expect(await notify(63)).toMatchObject({ status: 200 });
    for (const levels of [64, 100_000]) {
      const { status, text } = await notify(levels);
      expect(status).toBe(400);
      expect(text).toContain("at most 64 levels");
    }
  });

  it("shows control characters escaped", async () => {
    const { post } = open();
    for (const [character, shown] of [
      ["\u009b2J", "\\u009b"],
      ["\u202e", "\\u202e"],
      ["\u2028", "\\u2028"],
      ["\u007f", "\\u007f"],
      ["\\u001b[2J", "\\u001b"],
      ["\\n", "\\n"],
    ]) {
      for (const [route, body] of [
        ["options", `{"x${character}":1}`],
        ["options", `{"platformMode":"x${character}"}`],
        ["clock", `{"set":"x${character}"}`],
        ["faults", `{"kind":"x${character}"}`],
      ] as const) {
        const { text } = await post(route, body);
        const { error } = JSON.parse(text) as { error: string };
        expect(error).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(error).toContain(shown);
      }
    }
  });
});

describe("a call of the wire", () => {
  it("with JSON that is nested without end is malformed, and nothing of it is kept", async () => {
    const { fetch, control, post } = open();
    const mp = mpClient(fetch);
    const send = (levels: number) =>
      mp.api("/cgi-bin/message/custom/send", {
        body: `{"touser":"oABC_123456","msgtype":"text","text":{"content":"a","more":${deep(levels)}}}`,
      });
    expect(await send(62)).toMatchObject({ errcode: 0 });
    for (const levels of [63, 100_000])
      expect(await send(levels)).toMatchObject({ errcode: 47001 });
    expect(control.messages.length).toBe(1);
    expect(await post("messages", "", "GET")).toMatchObject({ status: 200 });
  });

  it("may have a file named a.constructor", async () => {
    const { fetch } = open();
    for (const name of ["a.constructor", "a.__proto__", "a.tostring"]) {
      const reply = await temporary(mpClient(fetch), "image", { filename: name });
      expect(reply).toMatchObject({ errcode: 40005 });
    }
  });
});
