// CommonJS programs, which Node lets require ES modules from 20.19 and 22.12, and Node's flags that take something away.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { command } from "../package/command.ts";
import { picture } from "./application.ts";
import { makeProject, type Project } from "./project.ts";

const runtimes = fileURLToPath(new URL("../runtimes/node_modules", import.meta.url));
const nodes = [
  ["20", join(runtimes, "node20/bin/node")],
  ["22", join(runtimes, "node22/bin/node")],
  ["24", process.execPath],
  ["26", join(runtimes, "node26/bin/node")],
].filter(([, path = ""]) => existsSync(path));

const program = `
const { createPayClient, MediaError } = require("@wechat-edge/core");
const { digestInWorker } = require("@wechat-edge/core/hash-worker");
const { createEmulator, credentials } = require("@wechat-edge/emulator");
const { checkMedia } = require("@wechat-edge/mp-media");
const { checkArticle } = require("@wechat-edge/mp-publish");
const { rewriteImages } = require("@wechat-edge/mp-publish/html");
const { uploadImage } = require("@wechat-edge/pay-media");
const { File } = require("node:buffer");
const { readFileSync } = require("node:fs");

(async () => {
  const { fetch } = createEmulator();
  const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
  const pay = createPayClient({ mchid, serialNo, privateKey, platformKeys, fetch });
  const picture = new File([readFileSync("licence.jpg")], "licence.jpg");
  const { media_id } = await uploadImage(pay, picture);
  const error = await uploadImage(pay, new File(["text"], "licence.jpg")).catch((thrown) => thrown);
  const html = await rewriteImages('<img src="a">', () => "b");
  const functions = [checkMedia, checkArticle].map((one) => typeof one);
  const sha1 = await digestInWorker(new Blob(["abc"]), "SHA-1");
  console.log(JSON.stringify([media_id.length, error instanceof MediaError, html, sha1, ...functions]));
})();
`;
const printed = [
  107,
  true,
  '<img src="b">',
  "a9993e364706816aba3e25717850c26c9cd0d89d",
  "function",
  "function",
];

describe("a CommonJS program", () => {
  let project: Project;
  beforeAll(async () => {
    const files = {
      "program.cjs": program,
      "first.cjs": documented("commonJs"),
      "licence.jpg": picture,
    };
    project = await makeProject([], files, { type: "commonjs" });
  });
  afterAll(() => project.remove());

  async function run(node: string, ...flags: readonly string[]): Promise<unknown> {
    return JSON.parse(await command(node, [...flags, "program.cjs"], { cwd: project.folder }));
  }

  it.each(nodes)("runs in Node %s", async (_, path = "") => {
    expect(await run(path)).toEqual(printed);
  });

  it.each(nodes)("runs as docs/runtimes.md has it in Node %s", async (_, path = "") => {
    expect(await command(path, ["first.cjs"], { cwd: project.folder })).toBe("107\n");
  });

  it.each([
    ["--frozen-intrinsics"],
    ["--disallow-code-generation-from-strings"],
    ["--disable-proto=throw"],
    ["--jitless"],
    ["--permission", "--allow-fs-read=*"],
    ["--no-experimental-global-navigator"],
  ])("runs with %s", async (...flags) => {
    expect(await run(process.execPath, ...flags)).toEqual(printed);
  });
});
