// Tests of users that run in jest: as ES modules, as CommonJS, and as CommonJS that Babel made.

import { afterAll, beforeAll, describe, it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { command } from "../package/command.ts";
import { picture } from "./application.ts";
import { makeProject, type Project } from "./project.ts";

const body = `
test("uploads, reads a Buffer and narrows an error", async () => {
  const { fetch } = createEmulator();
  const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
  const pay = createPayClient({ mchid, serialNo, privateKey, platformKeys, fetch });
  const bytes = readFileSync("licence.jpg");
  const { media_id } = await uploadImage(pay, new File([bytes], "licence.jpg"));
  expect(media_id.length).toBe(107);
  expect(await digest(bytes, "SHA-256")).toBe(await digest(new Blob([bytes]), "SHA-256"));
  const small = new File([bytes.subarray(0, 20)], "licence.gif");
  const error = await uploadImage(pay, small).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(MediaError);
  expect(error).toBeInstanceOf(Error);
});
`;
const names = {
  "@wechat-edge/core": "createPayClient, digest, MediaError",
  "@wechat-edge/emulator": "createEmulator, credentials",
  "@wechat-edge/pay-media": "uploadImage",
  "node:fs": "readFileSync",
};
const imports = Object.entries(names).map(([from, list]) => `import { ${list} } from "${from}";`);
const requires = Object.entries(names).map(([of, list]) => `const { ${list} } = require("${of}");`);

describe("jest", () => {
  let project: Project;
  beforeAll(async () => {
    const files = {
      "esm.test.mjs": imports.join("\n") + body,
      "commonjs.test.cjs": requires.join("\n") + body,
      "module/licence.test.js": documented("jest"),
      "module/package.json": `{ "type": "module" }`,
      "babel/licence.test.js": documented("jest"),
      "licence.jpg": picture,
      "babel.config.json": `{ "presets": [["@babel/preset-env", { "targets": { "node": "current" } }]] }`,
    };
    project = await makeProject(["jest", "babel"], files, { type: "commonjs" });
  });
  afterAll(() => project.remove());

  it.each([
    // Node 24.9 and later let jest require ES modules.
    ["ES modules", "esm.test.mjs", "--experimental-vm-modules", []],
    ["CommonJS", "commonjs.test.cjs", "--experimental-vm-modules", []],
    [
      "CommonJS that Babel makes of the packages",
      "commonjs.test.cjs",
      "",
      ["--config", `{ "transformIgnorePatterns": [] }`],
    ],
    ["that of docs/testing.md", "module/licence.test.js", "--experimental-vm-modules", []],
    [
      "that of docs/testing.md, as Babel makes it",
      "babel/licence.test.js",
      "",
      ["--config", `{ "transformIgnorePatterns": [] }`],
    ],
  ] as const)("runs a test: %s", async (_, file, NODE_OPTIONS, options) => {
    const jest = "node_modules/jest/bin/jest.js";
    const args = [jest, "--testMatch", `**/${file}`, ...options];
    await command(process.execPath, args, { cwd: project.folder, env: { NODE_OPTIONS } });
  });
});
