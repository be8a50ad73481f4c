// Installs what one command needs, from the lockfile, with pnpm from npx.

import { spawn } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodeOf } from "./exit-code.mjs";
import { pnpmMegabytes, pnpmPackage } from "./pnpm.mjs";

// pnpm installs the root's own dependencies with every choice. So the test tools are devDependencies,
// and every choice but "everything" leaves those out.
const choices = {
  demo: {
    what: "what the demo needs",
    filters: ["@wechat-edge/demo..."],
    proof: "examples/demo/node_modules",
  },
  start: {
    what: "what npm start needs: wrangler and workerd, 230 MB",
    filters: ["@wechat-edge/example-hono-worker..."],
    proof: "examples/hono-worker/node_modules/wrangler",
  },
  build: {
    what: "the compiler and what the packages need, 40 MB",
    filters: ["@wechat-edge/build", "./packages/*"],
    proof: "scripts/build/node_modules/typescript",
  },
  release: {
    what: "what a release needs: the compiler, Deno and changesets, 160 MB",
    filters: ["@wechat-edge/release", "@wechat-edge/build", "./packages/*"],
    proof: "scripts/release/node_modules/@changesets",
  },
  everything: {
    what:
      "the runtimes to test in (Node 20, 22, 24 and 26, workerd, Deno, Bun), the test tools, " +
      "compiler and linters, and libraries to compare with: 1.2 GB on disk",
    filters: [],
  },
};
const pinnedNode = "@wechat-edge/pinned-node";
const networkFailure =
  /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|ENOTCACHED|fetch failed|error sending request|dns error/i;

/**
 * Installs the packages of a choice, and the pinned Node if `withNode` is true, and prints how much
 * was installed. Keeps what is there already. Resolves with undefined, or with what went wrong.
 */
export async function install(choice, { withNode }) {
  const before = installedPackages();
  const hadEverything = hasEverything();
  const { what, filters: own, proof } = choices[choice];
  const isThere = hadEverything || (proof !== undefined && existsSync(proof));
  const addsNode = withNode && own.length > 0 && !existsSync("node_modules/.bin/node");
  if (!isThere || addsNode) {
    const reason = `because Node ${process.versions.node} does not run TypeScript`;
    console.log(`Installing ${what}${addsNode ? `, and Node 24 (130 MB), ${reason}` : ""}, once …`);
  }
  const filters = hadEverything ? [] : [...own];
  if (filters.length > 0 && withNode) filters.push(pinnedNode);
  const { code, output } = await pnpm([
    "install",
    "--frozen-lockfile",
    "--reporter=append-only",
    ...(filters.length > 0 ? ["--prod"] : []),
    ...(hadEverything && !isWhole() ? ["--config.optimisticRepeatInstall=false"] : []),
    ...filters.flatMap((filter) => ["--filter", filter]),
  ]);
  if (code !== 0) {
    return [
      output.trimEnd(),
      networkFailure.test(output)
        ? `The npm registry cannot be reached, and ${pnpmPackage} or a dependency is not installed yet. Run the same command again with a network connection.`
        : "The dependencies could not be installed; the lines above say why.",
    ].join("\n");
  }
  const came = installedPackages().filter((name) => !before.includes(name));
  if (came.length > 0) console.log(describe(came, before.length === 0));
  return undefined;
}

function describe(came, isFirst) {
  const node = came.find((name) => /^node-[a-z]+-[a-z0-9]+@24/.test(name));
  const version = node?.slice(node.lastIndexOf("@") + 1);
  const parts = [
    `Installed ${came.length} package${came.length === 1 ? "" : "s"}`,
    `${megabytesOf(came)} MB on disk`,
    ...(version === undefined ? [] : [`with Node ${version}`]),
  ];
  const manager = `${pnpmPackage.replace("@", " ")}, ${pnpmMegabytes} MB, is in npm's cache`;
  return `${parts.join(", ")}.${isFirst ? ` ${manager}.` : ""}`;
}

async function pnpm(args) {
  const child = spawn("npx", ["--yes", "--prefer-offline", pnpmPackage, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32", // npx is a .cmd file there
    env: {
      ...process.env,
      npm_config_loglevel: "error",
      npm_config_update_notifier: "false",
      npm_config_fetch_retry_mintimeout: "1000", // fail soon without a network
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return { code: await exitCodeOf(child), output };
}

function hasEverything() {
  try {
    // pnpm writes JSON into this YAML file.
    const modules = JSON.parse(readFileSync("node_modules/.modules.yaml", "utf8"));
    return modules.included.devDependencies;
  } catch {
    return false;
  }
}

// pnpm compares only dates and manifests before it says that all is up to date.
function isWhole() {
  try {
    const state = readFileSync("node_modules/.pnpm-workspace-state-v1.json", "utf8");
    return Object.keys(JSON.parse(state).projects).every((project) => {
      const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
      const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
      return names.every((name) => existsSync(join(project, "node_modules", name)));
    });
  } catch {
    return false;
  }
}

function installedPackages() {
  try {
    return readdirSync("node_modules/.pnpm").filter((name) => name.includes("@"));
  } catch {
    return [];
  }
}

// Counts as du does: a file with several links only once.
function megabytesOf(packages) {
  const bytesByFile = new Map();
  for (const name of packages) weigh(join("node_modules/.pnpm", name), bytesByFile);
  const bytes = [...bytesByFile.values()].reduce((sum, size) => sum + size, 0);
  return Math.ceil(bytes / 1e6);
}

// Not with `recursive`: in Node 20 that follows links to other packages.
function weigh(directory, bytesByFile) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) weigh(path, bytesByFile);
    if (!entry.isFile()) continue;
    const { ino, blocks, size } = lstatSync(path, { bigint: true });
    bytesByFile.set(ino, Number(blocks) * 512 || Number(size)); // Windows has no blocks
  }
}
