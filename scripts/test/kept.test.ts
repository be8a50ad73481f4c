import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const { secret } = credentials.mp;
/** Another, that looks different in every form. */
const odd = `S3cret?>"/+\\~??>of~~the_test`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(root, "node_modules/.wechat-edge-kept-"));
  const path = (file: string) => JSON.stringify(join(root, file));
  writeFileSync(
    join(directory, "vitest.config.ts"),
    `import { reporters } from ${path("scripts/test/reporters.ts")};
     export default {
       test: {
         include: ["*.check.ts"],
         reporters: reporters(),
         setupFiles: [${path("test/support/secrets/setup.ts")}],
         globalSetup: [${path("test/support/global-setup.ts")}],
       },
     };`,
  );
  const errors = path("packages/core/src/errors.ts");
  writeFileSync(
    join(directory, "leaks.check.ts"),
    `import { expect, inject, it } from "vitest";
     import { NetworkError } from ${errors};
     const bytes = Buffer.from(${JSON.stringify(odd)});
     const encoded = ["base64", "base64url", "hex"].map((encoding) => bytes.toString(encoding));
     encoded.push(encodeURIComponent(bytes.toString()));
     it("prints it", () => {
       for (const text of [...encoded, bytes.toString(), JSON.stringify(bytes.toString())]) {
         console.log(text);
       }
     });
     for (const text of encoded) it("is called " + text, () => {});
     it("is called " + bytes.toString(), () => {});
     it.each(encoded)("sends it to the emulator", async (text) => {
       const url = inject("emulator").baseUrl + "/v3/certificates";
       await fetch(url, { headers: { "user-agent": text } });
     });
     it("shows it in an error", () => {
       expect(new NetworkError(${JSON.stringify(secret)}).retryable).toBe(true);
     });`,
  );
  writeFileSync(
    join(directory, "run.mjs"),
    `import { outcomeOf } from ${path("scripts/test/outcome.ts")};
     import { keepSecret } from ${path("scripts/test/kept.ts")};
     import { startRun } from ${path("scripts/test/run.ts")};
     import { runSuiteWithEmulator } from ${path("scripts/test/run-suite.ts")};
     keepSecret("a thing", ${JSON.stringify(odd)});
     const run = startRun(["tiny"], () => true);
     const vitest = [process.execPath, ${path("node_modules/vitest/vitest.mjs")}, "run"];
     await run.step("tiny", async (onTest) => {
       return outcomeOf(await runSuiteWithEmulator(vitest, "http://127.0.0.1:9", { onTest }));
     });
     run.finish();`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The exit code of a run, and the lines of the check. */
async function tinyRun(): Promise<{ code: number; check: string[] }> {
  const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
    const child = execFile(process.execPath, ["run.mjs"], { cwd: directory }, (_, text) =>
      resolve({ code: child.exitCode ?? -1, stdout: text }),
    );
  });
  const lines = stdout.split("\n");
  const start = lines.findIndex((line) => line.includes("no secret in what was printed and kept"));
  const end = lines.findIndex((line, at) => at > start && !line.startsWith("   "));
  return { code, check: lines.slice(start, end) };
}

it("a run that shows secrets fails, and names each form and place, but not the secret", async () => {
  const { code, check } = await tinyRun();
  expect(code).toBe(1);
  const all = check.join("\n");
  expect(check[0]).toMatch(/^FAILED .*\d kB of output, .* and 1 errors and states in tests\)$/);
  const output = String.raw`in the output of \S+ vitest\.mjs run, line \d`;
  const inWords = ["in base64", "in base64url", "in hex", "in a URL"];
  for (const [place, forms] of [
    [output, [...inWords, "as it is", "in JSON"]],
    ["in a report of vitest", [...inWords, "in JSON"]],
    ["in the journal", inWords],
  ] as const) {
    for (const form of forms) expect(all).toMatch(new RegExp(`a thing, ${form}, ${place}`));
  }
  expect(all).not.toContain(secret);
  expect(all).not.toContain(odd);
}, 60_000);
