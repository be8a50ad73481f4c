import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runCommand } from "../../src/command-line/command.ts";
import { credentials, merchantCertificate } from "../../src/index.ts";
import { type RunningEmulator, startOptionNames } from "../../src/node.ts";
import { upload } from "../pay/upload-request.ts";

const serial = credentials.pay.platformKeys[1]?.platformKeyId ?? "";
const running: RunningEmulator[] = [];
afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.close();
});

const folder = mkdtempSync(join(tmpdir(), "wechat-emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

function optionsFile(content: object | string): string {
  const file = join(folder, `options-${files++}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
let files = 0;

async function run(...flags: string[]) {
  const { emulator, exitCode: code, ...said } = await runCommand(flags);
  if (emulator !== undefined) running.push(emulator);
  return { code, ...said };
}

/** Runs a command that starts an emulator, and returns what it prints. */
async function ready(flags: string[]): Promise<string> {
  const { code, out, err } = await run(...flags);
  expect([code, err]).toEqual([undefined, ""]);
  return out;
}

describe("wechat-emulator", () => {
  it("without --json says where it is and what to do", async () => {
    const out = await ready(["--port=0"]);
    expect(out).toMatch(/^WeChat is at http:\/\/127\.0\.0\.1:\d+\n/);
    expect(out).toContain(credentials.pay.mchid);
    expect(out).toMatch(/inspector +http:\/\/127\.0\.0\.1:\d+\/_emulator\/\n/);
    expect(out).toContain("/_emulator/faults -d");
    expect(out).not.toContain("PRIVATE KEY");
  });

  it("--cors and --chunked open what they say", async () => {
    const out = await ready(["--port", "0", "--json", "--cors", "--chunked"]);
    const { baseUrl } = JSON.parse(out) as { baseUrl: string };
    const body = new Blob(["{}"]).stream();
    const streamed = { method: "POST", body, duplex: "half" } as RequestInit;
    const { status, headers } = await fetch(`${baseUrl}/cgi-bin/stable_token`, streamed);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  it("--keep-files lets the inspector show them", async () => {
    const pictures = async (...flags: string[]) => {
      const out = await ready(["--port", "0", "--json", ...flags]);
      const { baseUrl, inspector } = JSON.parse(out) as Record<string, string>;
      await upload(fetch, {}, baseUrl);
      return (await (await fetch(inspector ?? "")).text()).match(/<img /g)?.length;
    };
    expect([await pictures(), await pictures("--keep-files")]).toEqual([undefined, 1]);
  });

  it("--options sets what JavaScript can, and flags take its place", async () => {
    const file = optionsFile({
      port: 1,
      chunked: "accept",
      now: "2030-01-02T03:04:05Z",
      sleep: "advance-clock",
      review: { news: "never" },
      storage: "memory",
      merchants: [{ mchid: "1900000109", dailyLimit: 1 }],
      accounts: [{ appid: "wx00000000000000aa", secret: "hidden" }],
      faults: [{ kind: "delay", ms: 3_600_000 }],
      limits: { image: 50 },
    });
    // Editors of Windows write a byte order mark.
    writeFileSync(file, `\ufeff${readFileSync(file, "utf8")}`);
    const out = await ready(["--options", file, "--port", "0", "--json"]);
    const { baseUrl } = JSON.parse(out) as { baseUrl: string };
    const read = async (path: string) => (await fetch(`${baseUrl}/_emulator/${path}`)).json();
    expect(await read("clock")).toMatchObject({
      iso: expect.stringMatching(/^2030-01-02T03:04:0/),
    });
    const timestamp = Date.parse("2030-01-02T04:04:05Z") / 1000;
    expect((await upload(fetch, { timestamp }, baseUrl)).text).toContain("文件大小不能超过50B");
    expect(await read("clock")).toMatchObject({
      iso: expect.stringMatching(/^2030-01-02T04:04:/),
    });
    const options = (await read("options")) as { accounts: object[] };
    expect(options).toMatchObject({ review: { news: "never" }, limits: { image: 50 } });
    expect(options.accounts).toEqual([{ appid: "wx00000000000000aa" }]);
  });

  it.each([
    ['{"tokenLength": 5}', "tokenLength is 5; it must be a whole number from 64 to 2048."],
    ['{"host": 5}', "host is 5; it must be a non-empty string."],
    ['{"hots": "::1"}', 'options has no "hots". Did you mean "host"?'],
    ['{"faults": [{"kind": "cut", "at": "noon"}]}', 'faults[0].at is "noon"; it must be one of'],
    ["[]", "contains []; it must contain a JSON object."],
    ["5", "contains 5; it must contain a JSON object."],
    ["{", "is not JSON: "],
  ])("--options refuses a file of %s", async (content, message) => {
    const file = optionsFile(content);
    const { code, out, err } = await run("--port", "0", "--options", file);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`wechat-emulator: ${file}`);
    expect(err).toContain(message);
  });

  it("--options says what a file is that is nested without end", async () => {
    const file = optionsFile("[".repeat(100_000) + "]".repeat(100_000));
    const { code, err } = await run("--port", "0", "--options", file);
    expect([code, err]).toEqual([
      2,
      `wechat-emulator: ${file} contains a value that is nested too deeply; it must contain a JSON object.\n`,
    ]);
  });

  it("--options says that there is no file", async () => {
    const { code, err } = await run("--options", "/nowhere.json");
    expect([code, err]).toEqual([
      2,
      "wechat-emulator: --options: there is no file /nowhere.json.\n",
    ]);
  });

  it("--host opens the API to other machines, --control-host the control routes", async () => {
    const flags = ["--port", "0", "--json", "--host", "0.0.0.0"];
    const out = await ready([...flags, "--control-host", "wechat", "--control-host", "b"]);
    const { baseUrl } = JSON.parse(out) as { baseUrl: string };
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const statusUnder = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get(baseUrl + path, { headers: { host } }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        }).on("error", reject);
      });
    expect(await statusUnder("wechat:8790", "/_emulator/health")).toBe(200);
    expect(await statusUnder("other:8790", "/_emulator/health")).toBe(403);
    expect(await statusUnder("other:8790", "/v3/certificates")).toBe(400);
  });

  it("says that a port is taken", async () => {
    const first = await ready(["--port", "0", "--json"]);
    const { port } = new URL((JSON.parse(first) as { baseUrl: string }).baseUrl);
    const { code, out, err } = await run("--port", port, "--json");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(`wechat-emulator: port ${port} is taken; choose another with --port.\n`);
  });

  it.each([
    [["--port", "http"], '--port is "http"; it must be a whole number from 0 to 65535.'],
    [["--port", "65536"], "--port is 65536; it must be a whole number from 0 to 65535."],
    [
      ["--hots", "0.0.0.0"],
      "Unknown option '--hots'. Did you mean --host? --help lists all flags.",
    ],
    [["--tokenLength", "64"], "Unknown option '--tokenLength'. Did you mean --token-length?"],
    [["--no-crs"], "Unknown option '--no-crs'. Did you mean --cors?"],
    [["--sandbox"], "Unknown option '--sandbox'. --help lists all flags."],
    [["start"], "Unexpected argument 'start'"],
    [["--token-length", "5"], "--token-length is 5; it must be a whole number from 64 to 2048."],
    [["--token-length", "long"], '--token-length is "long"; it must be a whole number from 64'],
    [["--storage", "disk"], '--storage is "disk"; it must be one of "memory", "digests".'],
    [["--limits", '{"imge": 5}'], '--limits has no "imge". Did you mean "image"?'],
    [
      ["--merchants", '[{"mchid": "1"}]'],
      '--merchants[0].mchid is "1"; it must be 6 to 32 digits.',
    ],
    [["--keep-files", "--storage", "digests"], "--keep-files and --storage digests contradict"],
    [
      ["--control-host", "a", "--control-hosts", '["b"]'],
      "--control-host and --control-hosts are the same option; give one of them.",
    ],
    [
      ["--reply-key-id", serial, "--platform-mode", "public-key"],
      `--reply-key-id is ${serial}, which platformMode "public-key" does not use`,
    ],
  ])("refuses %o", async (flags, message) => {
    const { code, out, err } = await run(...flags);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  it("each option is a flag", async () => {
    const out = await ready([
      ...["--port", "0", "--json", "--storage", "memory", "--now", "2030-01-02T03:04:05Z"],
      ...["--token-length", "64", "--success-errcode", "--client-ip=1.2.3.4", "--probe-rate=0.5"],
      ...["--limits", '{"image": 50}', "--merchants", '[{"mchid": "1900000109"}]'],
      ...["--media-profile", "2014", "--chunked", '{"pay": "refuse"}', "--wrong-secret", "40001"],
    ]);
    const { baseUrl, pay } = JSON.parse(out);
    expect(pay).toEqual(credentials.pay);
    expect(pay.certificate).toBe(merchantCertificate);
    const options = await (await fetch(`${baseUrl}/_emulator/options`)).json();
    expect(options).toEqual({
      storage: "memory",
      now: "2030-01-02T03:04:05Z",
      tokenLength: 64,
      successErrcode: true,
      clientIp: "1.2.3.4",
      probeRate: 0.5,
      limits: { image: 50 },
      merchants: [{ mchid: "1900000109" }],
      mediaProfile: "2014",
      chunked: { pay: "refuse" },
      wrongSecret: 40001,
    });
  });

  it("flags take the place of the file's options, also to switch them off", async () => {
    const file = optionsFile({ successErrcode: true, tokenLength: 100, errmsgTail: "rid" });
    const flags = ["--no-success-errcode", "--token-length", "64", "--port", "0", "--json"];
    const out = await ready(["--options", file, ...flags]);
    const options = await fetch(`${JSON.parse(out).baseUrl}/_emulator/options`);
    expect(await options.json()).toMatchObject({
      successErrcode: false,
      tokenLength: 64,
      errmsgTail: "rid",
    });
  });

  it("--help and --version", async () => {
    const help = await run("--help");
    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toContain("--port VALUE");
    expect(help.out).toContain("The inspector is a page at /_emulator/");
    for (const name of startOptionNames) {
      const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(help.out).toMatch(new RegExp(`^  --${flag}( VALUE)?, ${name}$`, "m"));
    }
    expect(help.out.split("\n").filter((line) => line.length > 110)).toEqual([]);
    const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const version = await run("--version");
    expect(version.out.trim()).toBe((JSON.parse(manifest) as { version: string }).version);
  });
});
