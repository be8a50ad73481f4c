// The projects vitest runs under the pinned Node. Deno, Bun and the other Node versions run the
// same conformance files with test/runtimes/vitest.config.ts.

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findBrowser } from "./scripts/browsers.ts";
import { reporters } from "./scripts/test/reporters.ts";
import { SlowFirst } from "./scripts/test/slow-first.ts";
import { testFiles, testTimeout } from "./scripts/test/test-files.ts";

// Otherwise wrangler and miniflare ask Cloudflare for a cf object and for usage statistics.
process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
process.env["WRANGLER_SEND_METRICS"] = "false";

const servers = { globalSetup: ["test/support/global-setup.ts"] };
const noSecrets = "./test/support/secrets/setup.ts";
// Files share their worker or page: black-box tests patch nothing, and workerd and Firefox take
// seconds for each new one.
const conformance = {
  ...servers,
  setupFiles: [noSecrets],
  include: testFiles.conformance,
  isolate: false,
  testTimeout,
};
const compatibilityDate = "2026-10-01";

const projects: TestProjectInlineConfiguration[] = [
  {
    test: {
      name: "unit",
      setupFiles: [noSecrets],
      include: testFiles.unit,
      testTimeout,
      isolate: false, // a process and its modules for each file cost as much as the tests
    },
  },
  {
    test: { name: "package", include: testFiles.package, testTimeout: 120_000, isolate: false },
  },
  {
    test: {
      name: "long",
      include: testFiles.long,
      fileParallelism: false, // some measure
      globalSetup: ["test/long/pack-packages.ts"],
      testTimeout: 300_000,
      hookTimeout: 300_000,
    },
  },
  { test: { name: "node", ...conformance } },
  {
    test: {
      ...conformance,
      name: "edge",
      environment: "./test/runtimes/edge-environment.ts",
      setupFiles: ["./test/runtimes/edge-setup.ts", noSecrets],
      pool: "vmThreads",
    },
  },
];

// What follows loads wrangler, playwright or a browser: three seconds that other projects save.
if (isChosen("workerd")) {
  const { cloudflareTest } = await import("@cloudflare/vitest-plugin");
  projects.push({
    plugins: [cloudflareTest({ miniflare: { compatibilityDate } })],
    test: { name: "workerd", ...conformance },
  });
}
const workerConfig = "examples/hono-worker/wrangler.jsonc";
if (isChosen("worker-app") && existsSync(workerConfig)) {
  const { cloudflareTest } = await import("@cloudflare/vitest-plugin");
  projects.push({
    plugins: [cloudflareTest({ wrangler: { configPath: workerConfig } })],
    test: {
      name: "worker-app",
      ...servers,
      setupFiles: [noSecrets],
      include: testFiles["worker-app"],
      testTimeout,
      isolate: false,
    },
  });
}

const chromium = isChosen("chromium") ? findBrowser("chromium") : undefined;
if (chromium !== undefined) {
  const { playwright } = await import("@vitest/browser-playwright");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  args.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
  const launchOptions = { executablePath: chromium.executable, args };
  projects.push(browserProject("chromium", { provider: playwright({ launchOptions }) }));
}
const firefox = isChosen("firefox") ? findBrowser("firefox") : undefined;
if (firefox !== undefined) {
  const { playwright } = await import("@vitest/browser-playwright");
  // The channel makes playwright drive a stock Firefox over WebDriver BiDi.
  const launchOptions = { channel: "moz-firefox", executablePath: firefox.executable };
  projects.push(browserProject("firefox", { provider: playwright({ launchOptions }) }));
}
const webkit = isChosen("webkit") ? findBrowser("webkit") : undefined;
if (webkit !== undefined) {
  const { webkitgtk } = await import("./test/support/webkitgtk-provider.ts");
  const provider = webkitgtk(webkit.executable);
  projects.push(browserProject("webkit", { provider, headless: false }));
}

export default defineConfig({
  test: { projects, reporters: reporters(), sequence: { sequencer: SlowFirst } },
});

/** Whether the command line names the project, by --project, or none. */
function isChosen(name: string): boolean {
  const options = { project: { type: "string", multiple: true } } as const;
  const { values } = parseArgs({ args: process.argv.slice(2), options, strict: false });
  return values.project?.some((each) => each === name || /[*!]/.test(String(each))) ?? true;
}

function browserProject(
  name: "chromium" | "firefox" | "webkit",
  browser: object,
): TestProjectInlineConfiguration {
  return {
    // Found late, a dependency would reload the page in the middle of a test.
    optimizeDeps: {
      include: [
        "@wechat-edge/core > @noble/hashes/legacy.js",
        "@wechat-edge/core > @noble/hashes/sha2.js",
        "@wechat-edge/emulator > @noble/hashes/legacy.js",
        "@wechat-edge/emulator > hono/html",
        "@wechat-edge/emulator > hono/quick",
        "@wechat-edge/emulator > htmlparser2",
        "@wechat-edge/emulator > leven",
        "@wechat-edge/emulator > valibot",
        "@wechat-edge/mp-publish > htmlparser2",
        "fast-check",
      ],
    },
    test: {
      name,
      ...conformance,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        ui: false, // drawing it takes as long as the tests
        instances: [{ browser: name }],
        ...browser,
      },
    },
  };
}
