// docs/faults.md is written from test/faults/outcomes.json, which test/long/fault-matrix.test.ts writes from what
// happens; a share of it is run in test/scenarios/faults.test.ts. UPDATE_DOCS=1 writes the page anew.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createEmulator } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { readDeclared } from "../faults/declared.ts";
import { namedFaults } from "../faults/faults.ts";
import { faultsFor, parts } from "../faults/matrix.ts";
import { pageOf, refusedRepeats } from "../faults/page.ts";
import { mpOperations, payOperations } from "../support/operations.ts";
import { platformOperations } from "../support/platform-operations.ts";

const page = new URL("../../docs/faults.md", import.meta.url);

/** Those that send no request. */
const LOCAL = [
  ...["decryptSensitive", "readMessage", "readVerification", "answerMessage", "messageAnswer"],
  ...["startPublishing", "readPlatformPush", "keepTicket", "keepRefreshToken", "forgetAuthorizer"],
  "authorizationUrl",
];

describe("docs/faults.md", () => {
  it("says what is declared to happen", () => {
    const generated = pageOf(readDeclared());
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated);
    expect(readFileSync(page, "utf8")).toBe(generated);
  });

  it("declares something for each call at each fault", () => {
    const expected = parts.reduce(
      (sum, part) =>
        sum + part.targets.reduce((own, target) => own + faultsFor(part, target).length, 0),
      0,
    );
    expect(readDeclared().inProcess.length).toBe(expected);
  });

  it("tells of refused repeats what the docstrings of the calls tell", () => {
    const folder = new URL("../../packages/mp-publish/src/calls/", import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
    const repeats = refusedRepeats(readDeclared().inProcess);
    expect(repeats.length).toBeGreaterThan(3);
    const untold = repeats.filter(([call, errcode]) => {
      const source = sources.find((text) => text.includes(`export async function ${call}(`)) ?? "";
      const before = source.slice(0, source.indexOf(`export async function ${call}(`));
      const docstring = before.slice(before.lastIndexOf("/**"));
      return !docstring.includes("After a lost reply") || !docstring.includes(errcode);
    });
    expect(untold).toEqual([]);
  });

  it("leaves out no fault of the emulator", () => {
    const { faults } = createEmulator().control;
    const listed = /must be (.*)\.$/.exec(
      String(thrownBy(() => faults.add({ kind: "?" } as never))),
    );
    const kinds = new Set(namedFaults.map(({ fault }) => fault?.kind as string | undefined));
    const missing = listed?.[1]?.split(", ").filter((kind) => !kinds.has(kind)) ?? ["none listed"];
    expect(missing).toEqual([]);
  });

  it("leaves out no call that sends a request", () => {
    const calls = new Set(parts.flatMap(({ targets }) => targets.map(({ call }) => call)));
    const all = [payOperations, mpOperations, platformOperations].flatMap(Object.keys);
    expect(all.filter((name) => !calls.has(name)).sort()).toEqual([...LOCAL].sort());
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
