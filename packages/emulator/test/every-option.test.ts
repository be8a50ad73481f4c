// Each option by each way to set it: the control route, a flag, and a file, whose JSON has the same rules.

import { describe, expect, it } from "vitest";
import { optionsOfFlags } from "../src/command-line/options.ts";
import { createEmulator, credentials } from "../src/index.ts";
import type { StartOptions } from "../src/node.ts";
import { emulatorRules } from "../src/option-rules.ts";

/** A value for each option that is not its default; the compiler finds a missing one. */
const VALUES: { readonly [Name in keyof Required<StartOptions>]: StartOptions[Name] } = {
  port: 0,
  host: "0.0.0.0",
  cors: true,
  controlHosts: ["emulator"],
  storage: "digests",
  chunked: { pay: "refuse" },
  quotedBoundary: { pay: "accept" },
  maxBodyBytes: 1000,
  now: "2030-01-02T03:04:05Z",
  sleep: "advance-clock",
  faults: [{ kind: "too-fast" }],
  limits: { image: 50 },
  merchants: [{ mchid: "1900000109" }],
  merchantFiles: "2024",
  uploadRates: "ignore",
  strict: { nonceReplay: true },
  signErrorForm: "documented",
  replyKeyId: credentials.pay.platformKeys[0]?.platformKeyId ?? "",
  platformMode: "public-key",
  probeRate: 0.5,
  accounts: [{ appid: "wx00000000000000aa" }],
  platforms: [{ component_appid: "wx00000000000000bb" }],
  authorizerRefreshToken: "rotate",
  clientIp: "1.2.3.4",
  tokenLength: 64,
  wrongSecret: 40001,
  errmsgTail: "none",
  successErrcode: true,
  jsonContentType: "application/json",
  mediaProfile: "2014",
  videoDownload: "stream",
  pictureAddress: "plain",
  escapedSlashes: false,
  emptyItem: false,
  materialHeaders: "text",
  smallBlocks: "accept",
  outOfOrderBlocks: "refuse",
  finishTwice: "accept",
  saveTwice: "same",
  review: { news: "never" },
  foreignPictures: "refuse",
  unicodeEscapes: "decode",
  newsPerDay: 3,
  publishIdType: "string",
  articleOrigin: "http://127.0.0.1:8790",
  draftTitle: 32,
  contentLength: "text",
  unsupportedHtml: "keep",
  foreignLinks: "strip",
  anchors: "refuse",
  draftVideos: "drop",
  cardPictures: "any",
  newspicHtml: "refuse",
  cropRatio: "refuse",
  imageAttribute: "src",
  listTimes: "entry",
  mediaIdLength: 64,
};

const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const values = Object.entries(VALUES);

describe("the control route", () => {
  it.each(values.filter(([name]) => Object.hasOwn(emulatorRules, name)))(
    "sets %s, and null sets it back",
    async (name, value) => {
      const { fetch } = createEmulator();
      const post = async (options: object): Promise<[number, unknown]> => {
        const body = JSON.stringify(options);
        const reply = await fetch("http://localhost/_emulator/options", { method: "POST", body });
        return [reply.status, await reply.json()];
      };
      expect(await post({ [name]: value })).toEqual([200, { [name]: value }]);
      expect(await post({ [name]: null })).toEqual([200, {}]);
    },
  );
});

describe("a flag", () => {
  it.each(values)("sets %s", (name, value) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const given = value === true ? value : text;
    expect(optionsOfFlags({ [flagOf(name)]: given })).toEqual({ [name]: value });
  });
});

describe("chunked", () => {
  it.each([
    [undefined, 401, 412],
    ["accept", 401, 200],
    ["refuse", 412, 412],
    [{ pay: "accept" }, 401, 412],
    [{ pay: "refuse" }, 412, 412],
    [{ mp: "accept" }, 401, 200],
    [{ mp: "refuse" }, 401, 412],
    [{ pay: "refuse", mp: "accept" }, 412, 200],
  ] as const)("%o answers Pay %i and an Official Account %i", async (chunked, pay, mp) => {
    const { fetch } = createEmulator(chunked === undefined ? {} : { chunked });
    const ask = async (path: string): Promise<number> => {
      const headers = { "transfer-encoding": "chunked", "user-agent": "test" };
      const reply = await fetch(`https://x${path}`, { method: "POST", headers, body: "{}" });
      return reply.status;
    };
    expect(await ask("/v3/merchant/media/upload")).toBe(pay);
    expect(await ask("/cgi-bin/media/upload?type=image&access_token=x")).toBe(mp);
  });
});
