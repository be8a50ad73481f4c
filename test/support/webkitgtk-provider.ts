// A vitest browser provider for WebKitGTK's MiniBrowser, driven over plain WebDriver under Xvfb.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { defineBrowserProvider } from "@vitest/browser";
import type { BrowserProvider, BrowserProviderOption, TestProject } from "vitest/node";

// Room for MiniBrowser's own toolbar above the page.
const TOOLBAR_PIXELS = 80;

/** The provider for the MiniBrowser at `executable`; WebKitWebDriver and Xvfb are on PATH. */
export function webkitgtk(executable: string): BrowserProviderOption {
  return defineBrowserProvider({
    name: "webkitgtk",
    supportedBrowser: ["webkit"],
    options: {},
    providerFactory: (project) => createProvider(project, executable),
  });
}

function createProvider(project: TestProject, executable: string): BrowserProvider {
  let session: Promise<Session> | undefined;
  // With CI=true vitest has no interface of its own around the page and sizes the window itself.
  project.browser?.registerCommand(
    "__vitest_viewport" as never,
    (async (_: unknown, { width, height }: { width: number; height: number }) => {
      const rect = { width, height: height + TOOLBAR_PIXELS };
      await (await session)?.command("POST", "/window/rect", rect);
    }) as never,
  );
  return {
    name: "webkitgtk",
    supportsParallelism: false,
    getCommandsContext: () => ({}),
    async openPage(_sessionId, url) {
      session ??= startSession(executable);
      await (await session).command("POST", "/url", { url });
    },
    async close() {
      await (await session)?.end();
      session = undefined;
    },
  };
}

interface Session {
  command(method: string, path: string, body?: unknown): Promise<unknown>;
  end(): Promise<void>;
}

async function startSession(executable: string): Promise<Session> {
  const home = mkdtempSync(join(tmpdir(), "webkitgtk-"));
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children.reverse()) child.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stop);

  const display = await startXvfb(children);
  const port = await freePort();
  children.push(
    spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: display,
        HOME: home,
        XDG_RUNTIME_DIR: home,
        LIBGL_ALWAYS_SOFTWARE: "1",
        GSETTINGS_BACKEND: "memory",
        NO_AT_BRIDGE: "1",
      },
    }),
  );
  const driver = `http://127.0.0.1:${port}`;
  await untilReady(driver);
  const { sessionId } = (await webdriver(driver, "POST", "/session", {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": { binary: executable, args: ["--automation"] },
      },
    },
  })) as { sessionId: string };

  const command: Session["command"] = (method, path, body) =>
    webdriver(driver, method, `/session/${sessionId}${path}`, body);
  return {
    command,
    async end() {
      await command("DELETE", "").catch(() => undefined); // the processes end either way
      process.off("exit", stop);
      stop();
    },
  };
}

async function webdriver(
  driver: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const reply = await fetch(driver + path, {
    method,
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await reply.json()) as { value: unknown };
  if (!reply.ok) throw new Error(`WebDriver ${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

async function untilReady(driver: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await webdriver(driver, "GET", "/status");
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await delay(50);
    }
  }
}

// -displayfd lets Xvfb pick a free display; xvfb-run would leave orphans behind.
function startXvfb(children: ChildProcess[]): Promise<string> {
  const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const xvfb = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  children.push(xvfb);
  return new Promise((resolve, reject) => {
    (xvfb.stdio[3] as Readable).once("data", (text) => resolve(`:${String(text).trim()}`));
    xvfb.once("error", reject);
    xvfb.once("exit", (code) => reject(new Error(`Xvfb ended with code ${code}.`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
