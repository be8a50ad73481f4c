import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { embedded } from "../embed/embed.ts";

it("the written files are what embed/embed.ts writes", async () => {
  const files = Object.entries(await embedded());
  expect(files.length).toBeGreaterThan(0);
  for (const [path, text] of files) {
    const written = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
    expect(written === text, `${path}: run node packages/emulator/embed/embed.ts`).toBe(true);
  }
});
