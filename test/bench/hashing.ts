// SHA-1 of a stream, in MB a second: this library's JavaScript, @noble/hashes, WebCrypto for each MiB,
// and what the runtime has natively; in Chromium also a big file in a Web Worker.
//   --quick   checks the digests alone

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createHasher, type Hasher } from "@wechat-edge/core";
import { build } from "esbuild";
import { chromium } from "playwright";
import { findBrowser } from "../../scripts/browsers.ts";
import { startLocalServer } from "../support/local-server.ts";
import type { PageRun } from "./hashing-page.ts";
import {
  type Incremental,
  incremental,
  type Measurement,
  makePieces,
  measureRounds,
  median,
  subtlePerPiece,
} from "./hashing-rounds.ts";

const isQuick = process.argv.includes("--quick");
const ROUNDS = isQuick ? 0 : Number(process.env["ROUNDS"] ?? 9);
const MEBIBYTES = isQuick ? 2 : 32;
const FILE_MEBIBYTES = isQuick ? 10 : 500;

// What core itself has installed.
const core = createRequire(createRequire(import.meta.url).resolve("@wechat-edge/core"));
const noblePath = core.resolve("@noble/hashes/legacy.js");
const { sha1 } = (await import(pathToFileURL(noblePath).href)) as {
  sha1: { create(): Incremental };
};

const pieces = makePieces(MEBIBYTES);
const expected = {
  whole: sha1Of(pieces),
  last: sha1Of(pieces.slice(-1)),
  file: sha1Of(Array.from({ length: FILE_MEBIBYTES }, () => makePieces(1)).flat()),
};

const contenders = [
  incremental("wechat-edge", startPortable),
  incremental("noble", () => sha1.create()),
  subtlePerPiece,
  incremental("native", () => createHasher("SHA-1")),
];
report(`Node ${process.versions.node}`, await measureRounds(contenders, pieces, ROUNDS));

const browser = findBrowser("chromium");
if (browser === undefined) console.log("Chromium is not here: its part did not run.");
else {
  const { measurements, worker } = await runInChromium(browser.executable);
  report(browser.version, measurements);
  check("the worker", worker.digest, expected.file);
  const longest = Math.max(0, ...worker.longTasks).toFixed(0);
  if (!isQuick) {
    console.log(
      `${FILE_MEBIBYTES} MiB in a worker: ${worker.rate.toFixed(0)} MB/s; ${worker.longTasks.length} tasks of the page took over 50 ms (the longest: ${longest} ms)`,
    );
  }
}
if (isQuick) console.log("Every digest is right.");

function report(runtime: string, measurements: readonly Measurement[]): void {
  for (const { name, digest } of measurements) {
    check(name, digest, name === subtlePerPiece.name ? expected.last : expected.whole);
  }
  if (isQuick) return;
  const limit = opensslRate();
  const noble = measurements.find(({ name }) => name === "noble")?.rates ?? [];
  console.log(`${runtime}, ${ROUNDS} rounds of ${MEBIBYTES} MiB, medians`);
  console.log("SHA-1             MB/s    / noble   / openssl");
  for (const { name, rates } of measurements) {
    const rate = median(rates);
    const overNoble = median(rates.map((one, i) => one / (noble[i] ?? 1)));
    const overLimit = limit === undefined ? "?" : (rate / limit).toFixed(2);
    const cells = [name.padEnd(17), rate.toFixed(0).padEnd(7), overNoble.toFixed(2).padEnd(9)];
    console.log([...cells, overLimit].join(" "));
  }
  console.log("");
}

function check(name: string, digest: string, right: string): void {
  if (digest !== right) throw new Error(`${name} gave ${digest}, and ${right} is right.`);
}

/** The hasher of a runtime that has nothing native. */
function startPortable(): Hasher {
  const name = "getBuiltinModule";
  const own = Object.getOwnPropertyDescriptor(process, name) ?? {};
  Object.defineProperty(process, name, { value: undefined, configurable: true });
  try {
    return createHasher("SHA-1");
  } finally {
    Object.defineProperty(process, name, own);
  }
}

function sha1Of(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** What one core does natively, in MB a second; undefined where there is no openssl. */
function opensslRate(): number | undefined {
  const args = ["speed", "-seconds", "1", "-bytes", "1048576", "-evp", "sha1"];
  const { stdout } = spawnSync("openssl", args, { encoding: "utf8" });
  const thousands = /^sha1\s+([\d.]+)k/im.exec(stdout ?? "")?.[1];
  return thousands === undefined ? undefined : Number(thousands) / 1000;
}

async function runInChromium(executablePath: string): Promise<PageRun> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { sha1 } from ${JSON.stringify(noblePath)};
        import { digestInWorker } from "@wechat-edge/core/hash-worker";
        import { runInPage } from "./hashing-page.ts";
        const given = { startNoble: () => sha1.create(), digestInWorker };
        globalThis.run = (sizes) => runInPage(given, sizes);`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    entryPoints: {
      "hash-worker-script": fileURLToPath(
        import.meta.resolve("@wechat-edge/core/hash-worker-script"),
      ),
    },
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
  });
  const server = await startLocalServer(({ url = "/" }, response) => {
    // The sources ask for hash-worker-script.ts; a build changes the extension.
    const output = outputFiles.find(({ path }) => path === url.replace(/\.ts$/, ".js"));
    const html = `<!doctype html><script type="module" src="/stdin.js"></script>`;
    const type = output === undefined ? "text/html" : "text/javascript";
    response.setHeader("content-type", type).end(output?.contents ?? html);
  });
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const chromiumBrowser = await chromium.launch({ executablePath, args });
  try {
    const page = await chromiumBrowser.newPage();
    await page.goto(server.origin);
    await page.waitForFunction("globalThis.run");
    return await page.evaluate<PageRun>(`run([${MEBIBYTES}, ${ROUNDS}, ${FILE_MEBIBYTES}])`);
  } finally {
    await chromiumBrowser.close();
    await server.close();
  }
}
