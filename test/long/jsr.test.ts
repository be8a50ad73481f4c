// JSR takes the sources, which it reads without a compiler of its own ("no slow types"), and which
// Deno checks with its own libraries.

import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { expect, it } from "vitest";
import { packageNames } from "../package/tarball.ts";

const cwd = fileURLToPath(new URL("../..", import.meta.url));

it("the sources pass deno publish --dry-run", async () => {
  const args = ["scripts/release/release.ts", "jsr"];
  const { exitCode, stdout, stderr } = await x(process.execPath, args, { nodeOptions: { cwd } });
  const printed = stdout + stderr;
  expect(exitCode, printed).toBe(0);
  for (const name of packageNames) expect(printed).toContain(`/${name}/jsr.json`);
}, 300_000);
