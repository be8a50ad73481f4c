// Every call that sends a request, at each of its requests, with every fault: in process and over HTTP. UPDATE_DOCS=1
// writes what is declared to happen; test/docs/fault-page.test.ts writes docs/faults.md from it.

import { startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { nameOf, type Row } from "../faults/cell.ts";
import { readDeclared, type Said, said, undeclared, writeDeclared } from "../faults/declared.ts";
import { inThisProcess, optionsOf, type Place } from "../faults/kit.ts";
import { falsehoods } from "../faults/knowledge.ts";
import { parts, runPart } from "../faults/matrix.ts";

const isWritten = process.env["UPDATE_DOCS"] === "1";
const MINUTES = 60_000;

// What a client waits for ends when the emulator delays, not after a minute.
beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterAll(() => void vi.useRealTimers());
const onDelay = (): void => void vi.advanceTimersByTime(MINUTES);

async function whole(placeOf: () => Place): Promise<{ rows: Row[]; lines: Said[] }> {
  const rows: Row[] = [];
  const lines: Said[] = [];
  for (const part of parts) {
    const own = await runPart(part, placeOf);
    rows.push(...own);
    lines.push(...own.map((row) => said(part.title, row)));
  }
  return { rows, lines };
}

/** What callers were told that is not so. */
function untrue(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => falsehoods(row).map((text) => `${nameOf(row.target)}: ${text}`));
}

it(
  "in process, each call does what is declared, and no caller is told what is not so",
  async () => {
    const { rows, lines } = await whole(() => inThisProcess(onDelay));
    console.log(`${lines.length} rows in process`);
    if (isWritten) writeDeclared({ inProcess: lines, overHttp: readDeclared().overHttp });
    expect(undeclared(lines, readDeclared().inProcess)).toEqual([]);
    expect(lines.length).toBe(readDeclared().inProcess.length);
    expect(untrue(rows)).toEqual([]);
  },
  20 * MINUTES,
);

it(
  "over HTTP, it differs where docs/faults.md says so",
  async () => {
    const server = await startEmulator({ port: 0, ...optionsOf(onDelay) });
    const placeOf = (): Place => {
      server.control.reset();
      return { fetch, control: server.control, baseUrl: server.baseUrl };
    };
    const { rows, lines } = await whole(placeOf);
    await server.close();
    console.log(`${lines.length} rows over HTTP`);
    const { inProcess } = readDeclared();
    const differing = new Set(undeclared(lines, inProcess).map((text) => text.split(": ")[0]));
    const known = new Map(inProcess.map((row) => [`${row.name}: ${row.fault}`, row.text]));
    const others = lines.filter((row) => known.get(`${row.name}: ${row.fault}`) !== row.text);
    console.log(`${others.length} of them differ, of ${differing.size} calls`);
    if (isWritten) writeDeclared({ inProcess, overHttp: others });
    expect(undeclared(others, readDeclared().overHttp)).toEqual([]);
    expect(others.length).toBe(readDeclared().overHttp.length);
    expect(untrue(rows)).toEqual([]);
  },
  20 * MINUTES,
);
