import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const { secret } = credentials.mp;
const odd = credentials.pay.privateKey.split("\n").find((line, at) => at > 9 && /[+/]/.test(line));

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
     const secret = ${JSON.stringify(secret)};
     const odd = Buffer.from(${JSON.stringify(odd)});
     it("prints it", () => {
       console.log(secret);
       console.log(JSON.stringify(odd.toString()).replaceAll("/", "\\\\/"));
       console.log(encodeURIComponent(odd.toString()));
       for (const encoding of ["base64", "hex"]) console.log(odd.toString(encoding));
     });
     it("is called Authorization: Basic " + Buffer.from("a:" + secret).toString("base64"), () => {});
     it("sends it to the emulator", async () => {
       const headers = { "user-agent": encodeURIComponent(odd.toString()) };
       await fetch(inject("emulator").baseUrl + "/v3/certificates", { headers });
     });
     it("shows it in an error", () => {
       expect(new NetworkError(secret).retryable).toBe(true);
     });`,
  );
  writeFileSync(
    join(directory, "run.mjs"),
    `import { outcomeOf } from ${path("scripts/test/outcome.ts")};
     import { startRun } from ${path("scripts/test/run.ts")};
     import { runSuiteWithEmulator } from ${path("scripts/test/run-suite.ts")};
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
  for (const form of ["as it is", "in JSON", "in a URL", "in base64", "in hex"]) {
    expect(all).toMatch(new RegExp(`${form}, in the output of \\S+ vitest.mjs run, line \\d`));
  }
  expect(all).toContain("an AppSecret, in base64, in a report of vitest");
  expect(all).toContain("a private key, in a URL, in the journal");
  expect(all).not.toContain(secret);
  expect(all).not.toContain(odd);
}, 60_000);
