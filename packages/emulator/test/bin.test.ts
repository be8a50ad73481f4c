import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { credentials } from "../src/index.ts";
import { upload, uploadRequest } from "./pay/upload-request.ts";

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
describe("wechat-emulator", { timeout: 30_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "--json prints one line, uploads work, %s ends it cleanly",
    async (signal) => {
      const { child, said, ended } = await ready(["--port", "0", "--json"]);
      const { origin, inspector, ...rest } = JSON.parse(said.out) as Record<string, string>;
      expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(inspector).toBe(`${origin}/_emulator/`);
      expect(rest).toEqual(credentials);
      expect((await upload(fetch, {}, origin)).status).toBe(200);
      child.kill(signal);
      const { code, out, err } = await ended;
      expect([code, err]).toEqual([0, ""]);
      expect(out.split("\n")).toHaveLength(2);
    },
  );

  it("without --json says where it is and what to do", async () => {
    const { said } = await ready(["--port=0"]);
    expect(said.out).toMatch(/^WeChat is at http:\/\/127\.0\.0\.1:\d+\n/);
    expect(said.out).toContain(credentials.pay.mchid);
    expect(said.out).toMatch(/inspector +http:\/\/127\.0\.0\.1:\d+\/_emulator\/\n/);
    expect(said.out).toContain("/_emulator/faults -d");
    expect(said.out).not.toContain("PRIVATE KEY");
  });

  it("--cors and --chunked open what they say", async () => {
    const { said } = await ready(["--port", "0", "--json", "--cors", "--chunked"]);
    const { origin } = JSON.parse(said.out) as { origin: string };
    const { path, init } = uploadRequest();
    const body = new Blob([init.body]).stream();
    const streamed = { ...init, body, duplex: "half" } as RequestInit;
    const { status, headers } = await fetch(origin + path, streamed);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  it("--keep-files lets the inspector show them", async () => {
    const pictures = async (...flags: string[]) => {
      const { said } = await ready(["--port", "0", "--json", ...flags]);
      const { origin, inspector } = JSON.parse(said.out) as Record<string, string>;
      await upload(fetch, {}, origin);
      return (await (await fetch(inspector ?? "")).text()).match(/<img /g)?.length;
    };
    expect([await pictures(), await pictures("--keep-files")]).toEqual([undefined, 1]);
  });

  it("says that a port is taken", async () => {
    const { said } = await ready(["--port", "0", "--json"]);
    const { port } = new URL((JSON.parse(said.out) as { origin: string }).origin);
    const { code, out, err } = await run("--port", port, "--json").ended;
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(`wechat-emulator: port ${port} is taken; choose another with --port.\n`);
  });

  it.each([
    [["--port", "http"], "--port is http; it must be a number from 0 to 65535."],
    [["--port", "65536"], "--port is 65536; it must be a number from 0 to 65535."],
    [["--host", "0.0.0.0"], "Unknown option '--host'"],
    [["start"], "Unexpected argument 'start'"],
  ])("refuses %o", async (flags, message) => {
    const { code, out, err } = await run(...flags).ended;
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  it("--help and --version", async () => {
    const help = await run("--help").ended;
    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toContain("--port N");
    expect(help.out).toContain("The inspector is a page at /_emulator/");
    const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    const version = await run("--version").ended;
    expect(version.out.trim()).toBe((JSON.parse(manifest) as { version: string }).version);
  });
});
