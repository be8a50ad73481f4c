// A share of the matrix of docs/faults.md, in process and over HTTP; test/long/fault-matrix.test.ts runs the whole.

import { startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { nameOf, type Row } from "../faults/cell.ts";
import { readDeclared, type Said, said, undeclared } from "../faults/declared.ts";
import { inThisProcess, optionsOf, type Place } from "../faults/kit.ts";
import { falsehoods } from "../faults/knowledge.ts";
import { isOfShare, parts, runPart } from "../faults/matrix.ts";
import type { Target } from "../faults/target.ts";

// What a client waits for ends when the emulator delays, not after a minute.
beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterAll(() => void vi.useRealTimers());
const onDelay = (): void => void vi.advanceTimersByTime(60_000);

const EVERY = 8;
const OVER_HTTP = [
  "uploadImage",
  "payRequest (POST)",
  "downloadPayFile",
  "addDraft",
  "downloadMedia",
];

/** What happened, and what callers were told that is not so. */
async function share(placeOf: () => Place, isChosen: (target: Target) => boolean) {
  const rows: Row[] = [];
  const lines: Said[] = [];
  for (const part of parts) {
    const own = await runPart(
      part,
      placeOf,
      (target, named) => isChosen(target) && isOfShare(target, named, EVERY),
    );
    rows.push(...own);
    lines.push(...own.map((row) => said(part.title, row)));
  }
  const untrue = rows.flatMap((row) =>
    falsehoods(row).map((text) => `${nameOf(row.target)}: ${text}`),
  );
  return { lines, untrue };
}

it("in process, calls do what is declared, and no caller is told what is not so", async () => {
  const { lines, untrue } = await share(
    () => inThisProcess(onDelay),
    () => true,
  );
  expect(lines.length).toBeGreaterThan(400);
  expect(undeclared(lines, readDeclared().inProcess)).toEqual([]);
  expect(untrue).toEqual([]);
}, 60_000);

it("over HTTP, they do the same but for what docs/faults.md lists", async () => {
  const server = await startEmulator({ port: 0, ...optionsOf(onDelay) });
  const placeOf = (): Place => {
    server.control.reset();
    return { fetch, control: server.control, baseUrl: server.baseUrl };
  };
  const isChosen = (target: Target) => OVER_HTTP.includes(nameOf(target));
  const { lines, untrue } = await share(placeOf, isChosen);
  await server.close();
  const { inProcess, overHttp } = readDeclared();
  const differing = new Set(overHttp.map(({ name, fault }) => `${name}: ${fault}`));
  const same = inProcess.filter(({ name, fault }) => !differing.has(`${name}: ${fault}`));
  expect(lines.length).toBeGreaterThan(20);
  expect(undeclared(lines, [...same, ...overHttp])).toEqual([]);
  expect(untrue).toEqual([]);
}, 60_000);
