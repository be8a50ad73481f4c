// JSR takes the sources, which it reads without a compiler of its own ("no slow types"), and which
// Deno checks with its own libraries.

import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { command } from "../package/command.ts";
import { packageNames } from "../package/tarball.ts";

const cwd = fileURLToPath(new URL("../..", import.meta.url));

it("the sources pass deno publish --dry-run", async () => {
  // Rejects with all that Deno printed, where a type is slow or wrong.
  const printed = await command(process.execPath, ["scripts/release/release.ts", "jsr"], { cwd });
  expect(printed).toContain("Dry run complete");
  for (const name of packageNames) expect(printed).toContain(`/${name}/jsr.json`);
}, 300_000);
