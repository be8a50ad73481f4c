// The program of one process: runs each step of a client and prints what came of it as JSON.

import { clients } from "./clients.ts";
import {
  BUSINESS_CODE,
  platformCertificate,
  queryPath,
  type StepReport,
  type StepResult,
} from "./stock-client.ts";

// What a client that cannot upload or cannot apply goes on with was sent before by another.
const [name = "", license = "", businessCode = ""] = process.argv.slice(2);
const entry = clients.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`There is no client ${name}.`);
const client = await entry.load();
const report: StepReport = {};

async function step<T extends StepResult>(
  key: keyof StepReport,
  run: (() => Promise<T>) | undefined,
): Promise<T | undefined> {
  if (run === undefined) return undefined;
  try {
    const result = await run();
    const { value, verified } = result;
    report[key] = { value, ...(verified !== undefined && { verified }) };
    return result;
  } catch (error) {
    report[key] = { error: error instanceof Error ? error.message : String(error) };
    return undefined;
  }
}

const uploaded = await step("upload", client.upload);
const listed = await step("certificates", client.certificates);
const certificate = listed?.certificates[0] ?? platformCertificate;
const { submit, query, open } = client;
const submitted = await step(
  "submit",
  submit && (() => submit(uploaded?.value ?? license, certificate)),
);
const path = queryPath(submitted ? BUSINESS_CODE : businessCode);
await step(
  "query",
  query &&
    open &&
    (async () => {
      const result = await query(path);
      return { ...result, value: await open(result.value) };
    }),
);
// The test has this answer changed on its way.
await step("tampered", query && (() => query(path)));
process.stdout.write(`\n${JSON.stringify(report)}\n`);
