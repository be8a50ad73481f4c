// The size budgets of a bundle, in bytes (1 KB = 1,000 bytes), minified and gzipped.

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

// The goals were 12, 3 and 16 KB, met before certificates and the explanation of refused signatures
// came; these hold the line where it stands now.
const CORE_OWN_BYTES = 14_900;
const PAY_MEDIA_OWN_BYTES = 3_000;
const PAY_MEDIA_WHOLE_BYTES = 18_300;

const dependencies = ["jose", "@noble/hashes"];

describe("bundle size", () => {
  it("holds core's own code to its budget", async () => {
    expect(await bundledBytes("core", dependencies)).toBeLessThanOrEqual(CORE_OWN_BYTES);
  });

  it("holds pay-media's own code to 3 KB", async () => {
    const external = [...dependencies, "@wechat-edge/core"];
    expect(await bundledBytes("pay-media", external)).toBeLessThanOrEqual(PAY_MEDIA_OWN_BYTES);
  });

  it("holds an app's picture upload to its budget, with everything it needs", async () => {
    const app = `
      import { createPayClient } from "@wechat-edge/core";
      import { uploadImage } from "@wechat-edge/pay-media";
      console.log(createPayClient, uploadImage);`;
    expect(await bundledBytesOf(app, [])).toBeLessThanOrEqual(PAY_MEDIA_WHOLE_BYTES);
  });

  it("sees what it measures", async () => {
    expect(await bundledBytes("core", [])).toBeGreaterThan(
      await bundledBytes("core", dependencies),
    );
  });
});

function bundledBytes(name: string, external: readonly string[]): Promise<number> {
  return bundledBytesOf(`export * from "@wechat-edge/${name}";`, external);
}

async function bundledBytesOf(contents: string, external: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    external: [...external],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild gave no file.");
  return gzipSync(bundle.contents, { level: 9 }).length;
}
