// JSON of a megabyte may have half a million levels. What keeps it must be able to write it again, and to be logged.

import { inspect } from "node:util";
import {
  createMpClient,
  createPayClient,
  type Fetch,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import { shallow } from "../../src/http/shallow.ts";

const LEVELS = 300_000;
const DEEP = {
  lists: "[".repeat(LEVELS) + "]".repeat(LEVELS),
  objects: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
};
const payOf = (detail: string) => {
  const body = `{"code":"PARAM_ERROR","message":"no","detail":${detail}}`;
  const fetch: Fetch = async () => new Response(body, { status: 400 });
  return createPayClient({ ...credentials.pay, fetch, retry: false });
};
const thrown = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail("no error"),
    (error: Error) => error,
  );

describe.each(Object.entries(DEEP))("an error with a detail of many %s", (_, detail) => {
  it("can be written as JSON, cloned and logged", async () => {
    const error = await thrown(payRequest(payOf(detail), { method: "GET", path: "/v3/a" }));
    expect(error).toMatchObject({ code: "ERR_PAY_API", apiCode: "PARAM_ERROR", status: 400 });
    expect(JSON.stringify(error)).toContain("…");
    expect(structuredClone(Object.fromEntries(Object.entries(error)))).toHaveProperty("detail");
    expect(inspect(error, { depth: null })).toContain("PARAM_ERROR");
  });

  it("is that of WeChat Pay in a download, too", async () => {
    const error = await thrown(downloadPayFile(payOf(detail), { path: "/v3/a" }));
    expect(error).toMatchObject({ code: "ERR_PAY_API", apiCode: "PARAM_ERROR" });
    expect(JSON.stringify(error)).toContain("…");
  });
});

describe("a value that is nested deeply", () => {
  const deepObject = JSON.parse(DEEP.lists) as object;

  it("is no body: it cannot be written, and the TypeError says so", async () => {
    const fetch: Fetch = () => expect.fail("it was sent");
    const mp = createMpClient({ ...credentials.mp, fetch });
    const pay = createPayClient({ ...credentials.pay, fetch });
    const body = { a: deepObject };
    for (const call of [
      mpRequest(mp, { method: "POST", path: "/a", body }),
      payRequest(pay, { method: "POST", path: "/v3/a", body }),
    ]) {
      const error = await thrown(call);
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain("nested too deeply");
    }
  });

  it("of a thousand levels is a body", async () => {
    const fetch: Fetch = async () => Response.json({ errcode: 0 });
    const mp = createMpClient({ appid: "wx0", getAccessToken: () => "t", fetch });
    const body = JSON.parse(`${'{"a":'.repeat(1000)}"街"${"}".repeat(1000)}`) as object;
    expect(await mpRequest(mp, { method: "POST", path: "/a", body })).toEqual({ errcode: 0 });
  });

  it("in a forged notification is refused like any other", async () => {
    const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
    for (const detail of Object.values(DEEP)) {
      const request = { headers: {}, body: `{"id":"1","resource":${detail}}` };
      expect(await thrown(readNotification(pay, request))).toMatchObject({ code: "ERR_SIGNATURE" });
    }
  });
});

describe("shallow", () => {
  it("leaves 32 levels as they are, and no more", () => {
    const of = (levels: number): unknown =>
      JSON.parse(`${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`);
    expect(shallow(of(32))).toEqual(of(32));
    expect(JSON.stringify(shallow(of(34)))).toBe(
      JSON.stringify(of(34)).replace('{"a":[1]}', '"…"'),
    );
    for (const plain of [undefined, null, 1, "a", true, []]) expect(shallow(plain)).toEqual(plain);
  });
});
