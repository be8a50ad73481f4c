// An option that becomes a header or a path, with what would begin another header, is a TypeError before anything is
// sent. fetch refuses it too, with an error that looks like one of the network, which is tried again.

import {
  createMpClient,
  createPayClient,
  createUrlSource,
  type Fetch,
  KeyError,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { createMpPlatform, keepTicket, platformRequest } from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { downloadMedia } from "@wechat-edge/mp-media";
import { uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import { checkHeaderValues } from "../../src/http/header-values.ts";
import { send } from "../../src/http/send.ts";
import { openReply } from "../../src/http/streamed-reply.ts";
import { createTransport } from "../../src/http/transport.ts";

const LINES = ["\r\nX-A: 1", "\n", "\r", "\0", "\u0085", "\u2028", "一"];
let sent = 0;
/** As a fetch of the caller's own may be: it takes anything. */
const fetch: Fetch = async () => {
  sent += 1;
  return Response.json({});
};
const options = { fetch, sleep: async () => undefined };
const pay = (over: object = {}) => createPayClient({ ...credentials.pay, ...options, ...over });
const mp = (over: object = {}) =>
  createMpClient({ appid: "wx0", getAccessToken: () => "t", ...options, ...over });
const file = () => new File(["x"], "a.txt");
const get = { method: "GET", path: "/v3/a" };

const MISUSES: Readonly<Record<string, (line: string) => unknown>> = {
  mchid: (line) => payRequest(pay({ mchid: `19${line}` }), get),
  brandId: (line) => payRequest(pay({ mchid: undefined, brandId: `19${line}` }), get),
  serialNo: (line) => payRequest(pay({ serialNo: `AB${line}` }), get),
  "platformKeys.platformKeyId": (line) =>
    payRequest(
      pay({
        platformKeys: credentials.pay.platformKeys.map((one) => ({
          ...one,
          platformKeyId: `${one.platformKeyId}${line}`,
        })),
      }),
      get,
    ),
  nonce: (line) => payRequest(pay({ nonce: () => `a${line}` }), get),
  certificatePath: (line) => payRequest(pay({ certificatePath: `/v3/a${line}` }), get),
  "platformKeyId of payRequest": (line) => payRequest(pay(), get, { platformKeyId: `A${line}` }),
  "platformKeyId of an endpoint": (line) =>
    uploadPayFile(pay(), { path: "/v3/a", platformKeyId: `A${line}` }, file()),
  "contentType of an endpoint": (line) =>
    uploadPayFile(pay(), { path: "/v3/a", contentType: `a/b${line}` }, file()),
  "part of an endpoint": (line) =>
    uploadPayFile(pay(), { path: "/v3/a", part: `a${line}` }, file()),
  "fields of an endpoint": (line) =>
    uploadPayFile(pay(), { path: "/v3/a", fields: { [`a${line}`]: "b" } }, file()),
  "path of payRequest": (line) => payRequest(pay(), { ...get, path: `/v3/a${line}` }),
  "path of an endpoint": (line) => uploadPayFile(pay(), { path: `/v3/a${line}` }, file()),
  "path of downloadPayFile": (line) => downloadPayFile(pay(), { path: `/v3/a${line}` }),
  "method of payRequest": (line) => payRequest(pay(), { ...get, method: `GET${line}` }),
  appid: (line) => mpRequest(mp({ appid: `wx${line}` }), { method: "GET", path: "/a" }),
  secret: (line) => mp({ getAccessToken: undefined, secret: `a${line}` }),
  getAccessToken: (line) =>
    mpRequest(mp({ getAccessToken: () => `a${line}` }), { method: "GET", path: "/a" }),
  "path of mpRequest": (line) => mpRequest(mp(), { method: "GET", path: `/a${line}` }),
  "method of mpRequest": (line) => mpRequest(mp(), { method: `GET${line}`, path: "/a" }),
  component_appid: (line) =>
    createMpPlatform({
      ...credentials.platform,
      ...options,
      tokenStore: new Map(),
      component_appid: `wx${line}`,
    }),
  "path of platformRequest": (line) =>
    platformRequest(
      createMpPlatform({ ...credentials.platform, ...options, tokenStore: new Map() }),
      { path: `/a${line}` },
    ),
  component_verify_ticket: (line) =>
    keepTicket(
      createMpPlatform({ ...credentials.platform, ...options, tokenStore: new Map() }),
      `a${line}`,
    ),
  "headers of createUrlSource": (line) =>
    createUrlSource("https://cdn.example/a", { ...options, headers: { "X-A": `a${line}` } }),
  "the name of a header": (line) =>
    createUrlSource("https://cdn.example/a", { ...options, headers: { [`X${line}`]: "a" } }),
};

describe("an option with a line end, or what some take for one", () => {
  it.each(Object.keys(MISUSES))("%s is misuse, and nothing is sent", async (misuse) => {
    for (const line of LINES) {
      // Latin-1 is a value that HTTP allows, where the caller sends it to a server of their own.
      if (misuse === "headers of createUrlSource" && line === "\u0085") continue;
      sent = 0;
      const error: unknown = await (async () => MISUSES[misuse]?.(line))().catch(
        (thrown) => thrown,
      );
      // A KeyError is the misuse of what belongs to a key.
      const isMisuse = error instanceof TypeError || error instanceof KeyError;
      expect(isMisuse, `${JSON.stringify(line)} ${String(error)}`).toBe(true);
      expect(sent, JSON.stringify(line)).toBe(0);
    }
  });

  it("of media_id is a parameter like any other", async () => {
    sent = 0;
    await downloadMedia(mp(), { media_id: "a\r\nX-A: 1" }).catch(() => undefined);
    expect(sent).toBe(1);
  });
});

describe("whatever makes a request", () => {
  const transport = createTransport(options);
  const request = (value: string) => ({
    method: "GET",
    url: "https://a.example/",
    headers: { "X-A": value },
    body: undefined,
  });

  it.each(LINES)("a header with %j is a TypeError, and nothing is sent", async (line) => {
    sent = 0;
    await expect(send(transport, request(`a${line}`), undefined)).rejects.toThrow(TypeError);
    await expect(
      openReply(
        transport,
        request(`a${line}`),
        undefined,
        () => undefined,
        async () => undefined,
      ),
    ).rejects.toThrow("Nothing was sent.");
    expect(sent).toBe(0);
  });

  it("printable ASCII is sent", () => {
    const all = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join("");
    expect(() => checkHeaderValues({ a: `\t${all}`, b: "" })).not.toThrow();
    for (const wrong of ["\u0008", "\n", "\u001f", "\u007f", "\u0080", "é"]) {
      expect(() => checkHeaderValues({ a: `a${wrong}` })).toThrow(TypeError);
    }
  });
});
