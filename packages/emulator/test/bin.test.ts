// The command as a process; command-line/command.test.ts has what it does.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { credentials } from "../src/index.ts";
import { upload } from "./pay/upload-request.ts";

const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function run(...flags: string[]) {
  const child = spawn(process.execPath, [BIN, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number, ...said }));
  return { child, said, ended };
}

async function ready(flags: string[]) {
  const running = run(...flags);
  const lineCount = () => running.said.out.split("\n").length - 1;
  await expect.poll(lineCount, { timeout: 10_000 }).toBeGreaterThan(0);
  return running;
}

// A process needs its time to start on a busy machine.
describe("the process of wechat-emulator", { timeout: 30_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "--json prints one line, uploads work, %s ends it cleanly",
    async (signal) => {
      const { child, said, ended } = await ready(["--port", "0", "--json"]);
      const { baseUrl, inspector, ...rest } = JSON.parse(said.out) as Record<string, string>;
      expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(inspector).toBe(`${baseUrl}/_emulator/`);
      expect(rest).toEqual(credentials);
      expect((await upload(fetch, {}, baseUrl)).status).toBe(200);
      child.kill(signal);
      const { code, out, err } = await ended;
      expect([code, err]).toEqual([0, ""]);
      expect(out.split("\n")).toHaveLength(2);
    },
  );

  it("ends with the code of a refusal, and with 0 after --version", async () => {
    const refused = await run("--port", "http").ended;
    expect(refused).toEqual({
      code: 2,
      out: "",
      err: 'wechat-emulator: --port is "http"; it must be a whole number from 0 to 65535.\n',
    });
    const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await run("--version").ended).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it("that finds its port taken ends with 1", async () => {
    const { said } = await ready(["--port", "0", "--json"]);
    const { port } = new URL((JSON.parse(said.out) as { baseUrl: string }).baseUrl);
    const { code, out, err } = await run("--port", port, "--json").ended;
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(`wechat-emulator: port ${port} is taken; choose another with --port.\n`);
  });
});
