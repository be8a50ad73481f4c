// Finds the browsers for the conformance suite. As root on Debian or Ubuntu, installs missing ones.

import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, globSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export type BrowserName = "chromium" | "firefox" | "webkit";

export interface Browser {
  /** The program to start: the browser, or WebKit's MiniBrowser. */
  executable: string;
  /** The version that the program prints, such as `Chromium 156.0.8078.79`. */
  version: string;
}

export const browserNames: readonly BrowserName[] = ["chromium", "firefox", "webkit"];

const debianPackages: Record<BrowserName, readonly string[]> = {
  chromium: ["chromium"],
  firefox: ["firefox-esr"],
  webkit: ["webkit2gtk-driver", "xvfb", "xauth"],
};

const chromiumPrograms = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const firefoxPrograms = [
  "firefox-esr",
  "firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
];
// MiniBrowser is below the directory of the architecture in Debian and Ubuntu, below libexec in Fedora.
const miniBrowserPlaces = [
  "/usr/lib/*-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/*-linux-gnu/webkit2gtk-4.0/MiniBrowser",
  "/usr/lib/*-linux-gnu/webkitgtk-6.0/MiniBrowser",
  "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

/** Returns the browser of that name on this machine, or undefined if it is missing or does not start. */
export function findBrowser(name: BrowserName): Browser | undefined {
  if (name === "webkit") return findWebKit();
  const candidates = name === "chromium" ? chromiumPrograms : firefoxPrograms;
  return candidates.map(startable).find((browser) => browser !== undefined);
}

/** Returns the command that installs the browsers on Debian. */
export function installCommand(names: readonly BrowserName[]): string {
  return ["apt-get", ...aptArguments(names)].join(" ");
}

/** Returns why browsers cannot be installed here, or undefined if they can. */
export function whyNotInstallable(): string | undefined {
  if (process.env["WECHAT_EDGE_INSTALL_BROWSERS"] === "0") {
    return "WECHAT_EDGE_INSTALL_BROWSERS=0 forbids it";
  }
  if (process.platform !== "linux" || !isDebianLike()) return "this is not Debian or Ubuntu";
  if (process.getuid?.() !== 0) return "it needs root";
  return undefined;
}

/** Installs the browsers with apt-get. `say` receives a line before each long step, and for each failure. */
export async function installBrowsers(
  names: readonly BrowserName[],
  say: (line: string) => void,
): Promise<void> {
  say(`installing ${names.join(", ")} with apt-get (about 900 MB for all three, once)`);
  const updated = await aptGet(["update"]);
  if (updated !== undefined) say(`apt-get update failed: ${updated}`);
  if ((await aptGet(aptArguments(names))) === undefined || names.length === 1) return;
  // One unknown package (Ubuntu has no firefox-esr) fails the whole command, so try one by one.
  for (const name of names) {
    const failure = await aptGet(aptArguments([name]));
    if (failure !== undefined) say(`${installCommand([name])} failed: ${failure}`);
  }
}

/** Installs Debian packages. Resolves with what went wrong, or undefined. */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  return (await aptGet(["update"])) ?? aptGet(["install", ...FEW, ...packages]);
}

const FEW = ["-y", "--no-install-recommends"];

function aptArguments(names: readonly BrowserName[]): string[] {
  return ["install", ...FEW, ...names.flatMap((name) => debianPackages[name])];
}

function aptGet(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn("apt-get", args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? undefined : errors.trim() || `exit ${code}`));
  });
}

function isDebianLike(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function findWebKit(): Browser | undefined {
  const executable = globSync(miniBrowserPlaces).find(isExecutable);
  const missing = ["WebKitWebDriver", "Xvfb"].some((program) => onPath(program) === undefined);
  if (executable === undefined || missing) return undefined;
  // Neither program prints its version without a display.
  const query = spawnSync("dpkg", ["-s", "webkit2gtk-driver"], { encoding: "utf8" });
  const version = /^Version: ([\d.]+)/m.exec(query.stdout ?? "")?.slice(1) ?? [];
  return { executable, version: ["WebKitGTK", ...version].join(" ") };
}

// Ubuntu's /usr/bin/chromium-browser only says how to install a snap, so a program counts as found if
// it prints a version.
function startable(program: string): Browser | undefined {
  const executable = onPath(program);
  if (executable === undefined) return undefined;
  const { status, stdout } = spawnSync(executable, ["--version"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  // "Chromium 156.0.8078.79 built on Debian …" ends with the number.
  const version = /^.*?\d+\.\d[\w.]*/m.exec(stdout ?? "")?.[0].trim();
  return status === 0 && version !== undefined ? { executable, version } : undefined;
}

function onPath(program: string): string | undefined {
  if (program.startsWith("/")) return isExecutable(program) ? program : undefined;
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
