// Two copies of core in one program, as package managers make them: each has its own classes.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { publishArticle } from "@wechat-edge/mp-publish";
import { uploadImage } from "@wechat-edge/pay-media";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as own from "../src/index.ts";

type Core = typeof own;

const folder = mkdtempSync(join(tmpdir(), "wechat-edge-copy-"));
const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const picture = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)], "licence.jpg");
let other: Core;
let later: Core;

beforeAll(async () => {
  other = await copy("other", (text) => text);
  later = await copy("later", (text) => text.replace(/^var VERSION = 1;$/m, "var VERSION = 2;"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Another copy, in one file. */
async function copy(name: string, change: (text: string) => string): Promise<Core> {
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const text = bundle.outputFiles[0]?.text ?? "";
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, change(text));
  return (await import(pathToFileURL(file).href)) as Core;
}

function clients({ createPayClient, createMpClient }: Core) {
  const { fetch, control } = createEmulator();
  const sleep = async (): Promise<void> => undefined;
  const pay = createPayClient({ ...credentials.pay, fetch, sleep });
  const mp = createMpClient({ ...credentials.mp, fetch, sleep });
  return { pay, mp, control };
}

const failed = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject(new Error("It succeeded.")),
    (error: Error) => error,
  );

describe("a client of another copy", () => {
  it("is another copy's", () => {
    expect(other.MediaError).not.toBe(own.MediaError);
  });

  it("uploads, is called again where that may help, and has its token replaced", async () => {
    const { pay, mp, control } = clients(other);
    control.faults.add({ kind: "system-error" });
    expect((await uploadImage(pay, picture)).media_id).not.toBe("");
    control.faults.add({ kind: "mp-error", errcode: 40001, match: { path: "/cgi-bin/media/*" } });
    expect((await uploadMedia(mp, { type: "image" }, picture)).media_id).not.toBe("");
    expect(control.tokens.calls(credentials.mp.appid)).toMatchObject({ forced: 1 });
  });

  it("has an outcome that is unknown, and a job that asks", async () => {
    const { mp, control } = clients(other);
    control.faults.add({ kind: "cut", at: "before", match: { path: "/cgi-bin/draft/add" } });
    const article = { title: "灯笼街", content: "<p>天还没亮透。</p>" };
    const states: string[] = [];
    const onState = (state: object): void => void states.push(JSON.stringify(state));
    const job = { target: "draft", until: "uploaded", article, cover: picture } as const;
    const error = await failed(publishArticle(mp, job, { onState }));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "addDraft" });
    expect(JSON.parse(states.at(-1) ?? "")).toMatchObject({ pending: "article" });
  });

  it("is refused by name where that copy hides other parts", async () => {
    const { pay, mp } = clients(later);
    for (const call of [uploadImage(pay, picture), uploadMedia(mp, { type: "image" }, picture)]) {
      const error = await failed(call);
      expect(error).toMatchObject({ name: "ClientVersionError", code: "ERR_CLIENT_VERSION" });
      expect(error.message).toMatch(/format is 2.*reads format 1.*npm ls @wechat-edge\/core/s);
    }
  });
});

describe("an error of another copy", () => {
  it("is an instance of the class of the same name, and of no other", async () => {
    const error = new other.NetworkError("No reply.");
    expect(error instanceof own.NetworkError).toBe(true);
    expect(error instanceof own.WechatError).toBe(true);
    expect(error instanceof own.TimeoutError).toBe(false);
    expect(error instanceof own.MpApiError).toBe(false);
    expect(own.isWechatError(error)).toBe(true);
  });

  it("is no instance of a class that an application derives", () => {
    class Own extends own.NetworkError {}
    expect(new other.NetworkError("") instanceof Own).toBe(false);
    expect(new own.NetworkError("") instanceof Own).toBe(false);
    expect(new Own("") instanceof Own).toBe(true);
    expect(new Own("") instanceof own.NetworkError).toBe(true);
    expect(new Own("") instanceof other.NetworkError).toBe(true);
  });

  it("is told from everything else", () => {
    const odd = [
      null,
      undefined,
      "ERR_MEDIA",
      new Error("x"),
      { code: "ERR_MEDIA" },
      new TypeError(),
    ];
    for (const value of odd) {
      expect(value instanceof own.WechatError).toBe(false);
      expect(own.isWechatError(value)).toBe(false);
    }
    expect(own.isWechatError({ name: "Error", code: "ERR_MEDIA" })).toBe(false);
    expect(own.isWechatError({ name: "toString", code: "toString" })).toBe(false);
    expect(own.isWechatError({ name: "MediaError", code: "ERR_MEDIA" })).toBe(true);
  });
});
