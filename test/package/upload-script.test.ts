// examples/scripts/upload.ts, as its head says to run it.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../examples/scripts/", import.meta.url));
const installed = fileURLToPath(new URL("../runtimes/node_modules/", import.meta.url));
const runtimes = [
  { name: "Node 24", command: [process.execPath] },
  { name: "Node 22", command: [`${installed}node22/bin/node`] },
  { name: "Deno", command: [`${installed}.bin/deno`, "run", "-A"] },
  { name: "Bun", command: [`${installed}.bin/bun`] },
].filter(({ command: [program = ""] }) => existsSync(program));

const nodeOptions = { cwd: folder, env: { NO_COLOR: "1" } };

async function upload(command: readonly string[], args: readonly string[]): Promise<void> {
  const given = ["with-emulator.ts", ...command, "upload.ts", ...args];
  const { exitCode, stdout, stderr } = await x(process.execPath, given, { nodeOptions });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(["media_id"]);
  expect(stderr).toMatch(/^try 1: \d+ bytes, 200/);
}

async function refuse(command: readonly string[], args: readonly string[], told: string) {
  const [program = "", ...before] = command;
  const { exitCode, stderr } = await x(program, [...before, "upload.ts", ...args], { nodeOptions });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(told);
  expect(stderr).toContain("Usage: upload.ts <file> [--video]");
}

describe.each(runtimes)("upload.ts in $name", ({ command }) => {
  it("uploads a picture", () => upload(command, ["../media/licence.jpg"]));

  it("says how it is used, given a misspelt option", () =>
    refuse(command, ["--vide", "a.mp4"], "--vide"));
});

// What the script itself decides needs one runtime.
describe("upload.ts", () => {
  const command = [process.execPath];

  it("uploads a video", () => upload(command, ["--video", "../media/clip.mp4"]));

  it.each([
    ["no file", [], "0 were named"],
    ["two files", ["a.jpg", "b.jpg"], "2 were named"],
  ])("says how it is used, given %s", (_, args, told) => refuse(command, args, told));
});
