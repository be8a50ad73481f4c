import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { fixExtensions } from "../../../scripts/build/fix-extensions.mjs";
import { temporaryFolder, writeVideo } from "../../bench/big-file.ts";
import { faultsOf, startSink, takeReport } from "../../bench/video-sink.ts";
import type { PageResult } from "./app.ts";

const page = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/app.js"></script>`;

/**
 * Lets a page of Chromium hash and upload a film of that size. The browser is started without a
 * debugger, which would read along with all that a page sends.
 *
 * @param timeout - milliseconds until the page must report its result
 */
export async function runPage(
  executable: string,
  size: number,
  timeout: number,
): Promise<{ result: PageResult; faults: string[] }> {
  const folder = temporaryFolder();
  const told = Promise.withResolvers<unknown>();
  const sink = await startSink({
    folder: folder.path,
    onResult: told.resolve,
  });
  try {
    const file = await writeVideo(folder.path, size, "film.mp4");
    writeFileSync(join(folder.path, "index.html"), page);
    await build({
      entryPoints: {
        app: fileURLToPath(new URL("app.ts", import.meta.url)),
        "hash-worker-script": fileURLToPath(
          new URL("../../../packages/core/src/hash/hash-worker-script.ts", import.meta.url),
        ),
      },
      outdir: folder.path,
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "error",
    });
    fixExtensions(folder.path); // as the build of the package does
    const browser = openPage(executable, join(folder.path, "profile"), sink.origin);
    const timer = setTimeout(() => {
      told.reject(new Error(`The page told nothing within ${timeout} ms.`));
    }, timeout);
    const result = (await told.promise.finally(async () => {
      clearTimeout(timer);
      await browser.close();
    })) as PageResult;
    const error = result.error === undefined ? [] : [result.error];
    return { result, faults: [...error, ...faultsOf(await takeReport(sink.origin), file)] };
  } finally {
    sink.close();
    folder.remove();
  }
}

function openPage(executable: string, profile: string, url: string): { close(): Promise<unknown> } {
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"];
  flags.push("--no-first-run", "--disable-background-networking", "--disable-component-update");
  flags.push("--disable-sync", `--user-data-dir=${profile}`);
  const browser = spawn(executable, [...flags, url], { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("close", resolve));
  return {
    close() {
      browser.kill();
      return ended;
    },
  };
}
