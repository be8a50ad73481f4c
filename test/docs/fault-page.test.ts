// docs/faults.md is written from the rows that the conformance suite proves.
// UPDATE_DOCS=1 writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import { createEmulator } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { type ReplyFault, replyFaults } from "../support/reply-faults.ts";

const page = new URL("../../docs/faults.md", import.meta.url);

/** Faults of calls other than an upload; their own suites hold them. */
const OTHER_CALLS = [
  "certificates-wrong-tag",
  "certificates-reversed",
  "certificates-self-signed",
  "certificates-wrong-key",
  "certificates-garbage",
  "mp-error",
  "token-killed",
  "content-type",
  "reply-json",
];

function row([what, fault]: [string, ReplyFault]): string {
  const { error, requests, overHttp } = fault;
  const outcome =
    error === undefined
      ? "succeeds"
      : [`\`${error.code}\``, error.status, error.reason, error.apiCode, error.apiMessage]
          .filter((part) => part !== undefined)
          .join(" ");
  if (overHttp === undefined) return `| ${what} | ${outcome} | ${requests} |`;
  return `| ${what}, from the emulator in the same process | ${outcome} | ${requests} |
| ${what}, over HTTP, where its length shows it | \`${overHttp.code}\` | ${overHttp.requests} |`;
}

function generated(): string {
  return `# Faults of the network and of WeChat, and what an upload does

Written from the rows of \`test/support/reply-faults.ts\`, which are tested in every runtime. An upload is tried up to three times, as by default. "Once" means that the next attempt succeeds; "for ever" means that every attempt meets the fault.

| fault of the reply or the network | outcome | requests that reach the server |
|---|---|---:|
${Object.entries(replyFaults).map(row).join("\n")}

A \`StreamInput\` is always sent only once. So is a call of \`payRequest\` other than GET: if its reply is lost, it throws an \`OutcomeUnknownError\`, unless \`retryUnknown: true\` allows a repetition. Lost is every reply that is not WeChat's own JSON, whatever its status, and every success that shows no result. A file that WeChat Pay would refuse is not sent: see [Errors](errors.md).
`;
}

describe("docs/faults.md", () => {
  it("says what the suite proves", () => {
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated());
    expect(readFileSync(page, "utf8")).toBe(generated());
  });

  it("leaves out no fault of the emulator", () => {
    const { faults } = createEmulator().control;
    const listed = /must be (.*)\.$/.exec(
      String(thrownBy(() => faults.add({ kind: "?" } as never))),
    );
    const kinds = new Set(Object.values(replyFaults).map(({ fault }) => fault.kind as string));
    const missing = listed?.[1]?.split(", ").filter((kind) => !kinds.has(kind)) ?? ["none listed"];
    expect(missing.sort()).toEqual(
      [...OTHER_CALLS, "status"].filter((kind) => !kinds.has(kind)).sort(),
    );
  });
});

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
