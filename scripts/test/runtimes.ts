// The runtimes of the conformance suite.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browserNames, findBrowser, installCommand } from "../browsers.ts";

export interface Runtime {
  name: string;
  /** Returns the version on this machine, or undefined if the runtime is missing. */
  version(): string | undefined;
  /** How to install the runtime. */
  install: string;
  /** The command that runs the conformance files in vitest; options may follow. */
  command: readonly [program: string, ...args: string[]];
  env?: Readonly<Record<string, string>>;
}

const vitest = "node_modules/vitest/vitest.mjs";
const portable = ["-c", "test/runtimes/vitest.config.ts"];
const installed = "test/runtimes/node_modules";
const byPackageManager = "pnpm install --no-frozen-lockfile";

/** All of them, in the order of the table. */
export const runtimes: readonly Runtime[] = [
  {
    name: "node",
    version: () => process.versions.node,
    install: "Node 24",
    command: [process.execPath, vitest, "run", "--project", "node"],
  },
  {
    name: "workerd",
    version: workerdVersion,
    install: byPackageManager,
    command: [process.execPath, vitest, "run", "--project", "workerd"],
  },
  {
    // Vercel's edge VM, as Next.js sets it up.
    name: "edge",
    version: () => versionOfPackage(`${installed}/@edge-runtime/vm`),
    install: byPackageManager,
    command: [process.execPath, vitest, "run", "--project", "edge"],
  },
  {
    name: "deno",
    version: () => versionOf(`${installed}/.bin/deno`),
    install: byPackageManager,
    command: [`${installed}/.bin/deno`, "run", "-A", vitest, "run", ...portable],
  },
  {
    name: "bun",
    version: () => versionOf(`${installed}/.bin/bun`),
    install: byPackageManager,
    command: [`${installed}/.bin/bun`, "--bun", vitest, "run", "--pool", "threads", ...portable],
  },
  ...browserNames.map(
    (name): Runtime => ({
      name,
      version: () => findBrowser(name)?.version,
      install: installCommand([name]),
      command: [process.execPath, vitest, "run", "--project", name],
    }),
  ),
  ...["20", "22", "26"].map((major): Runtime => {
    const node = `${installed}/node${major}/bin/node`;
    return {
      name: `node${major}`,
      version: () => versionOf(node),
      install: byPackageManager,
      command: [node, vitest, "run", ...portable],
    };
  }),
];

function versionOf(program: string): string | undefined {
  if (!existsSync(program)) return undefined;
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(stdout ?? "")?.[0];
}

function versionOfPackage(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return (manifest as { version: string }).version;
}

// @cloudflare/vitest-plugin runs the workerd of wrangler's miniflare.
function workerdVersion(): string | undefined {
  try {
    const wrangler = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
    const miniflare = createRequire(wrangler.resolve("miniflare"));
    return (miniflare("workerd/package.json") as { version: string }).version;
  } catch {
    return undefined;
  }
}
