// npm run audit with programs in place of npx and npm, which say what they were asked and end as they are told: not
// every registry answers an audit.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, describe, expect, it } from "vitest";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const bin = mkdtempSync(join(tmpdir(), "wechat-edge-audit-"));
for (const name of ["npx", "npm"]) {
  const script = `#!/bin/sh\necho "${name} $*"\ncase "$*" in *"$FAILING"*) exit 1;; esac\n`;
  writeFileSync(join(bin, name), script);
  chmodSync(join(bin, name), 0o755);
}
afterAll(() => rmSync(bin, { recursive: true, force: true }));

async function audit(failing: string): Promise<{ exitCode: number | undefined; lines: string[] }> {
  const env = { PATH: [bin, process.env["PATH"]].join(delimiter), FAILING: failing };
  const { stdout, exitCode } = await x(process.execPath, ["scripts/audit.mjs"], {
    nodePath: false,
    nodeOptions: { cwd, env },
  });
  return { exitCode, lines: stdout.trim().split("\n") };
}

describe("npm run audit", () => {
  it("asks about both lockfiles, about users' packages down to the least", async () => {
    const { exitCode, lines } = await audit("nothing");
    expect(lines).toEqual([
      expect.stringMatching(/^npx .*pnpm@\d+\.\d+\.\d+ audit --prod --audit-level=low$/),
      "What users install: nothing known",
      expect.stringMatching(/^npx .*pnpm@\d+\.\d+\.\d+ audit --dev --audit-level=high$/),
      "The tools of this repository: nothing known",
      expect.stringMatching(/^npm audit .*scripts\/mutate\/tools .*--audit-level=high$/),
      "The tools of npm run mutate: nothing known",
    ]);
    expect(exitCode).toBe(0);
  });

  it.each(["--prod", "--dev", "scripts/mutate"])(
    "fails if %s does, and asks about the rest all the same",
    async (failing) => {
      const { exitCode, lines } = await audit(failing);
      expect(lines.filter((line) => line.endsWith("see above"))).toHaveLength(1);
      expect(lines).toHaveLength(6);
      expect(exitCode).toBe(1);
    },
  );
});
