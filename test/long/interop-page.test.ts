// docs/interop.md, made from the requests of every client, and from what becomes of their uploads
// when tokens do not last.

import { readFile, writeFile } from "node:fs/promises";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { measure, situations, type TokenOutcome } from "../interop/hostile-tokens.ts";
import { type MadeFiles, makeFiles } from "../interop/interop-files.ts";
import { findMp } from "../interop/mp-finding.ts";
import { mpPeers } from "../interop/mp-peers/all.ts";
import { mpCurl } from "../interop/mp-peers/curl.ts";
import type { MpPeer } from "../interop/mp-peers/peer.ts";
import { mpWechatEdge, mpWechatEdgePlain } from "../interop/mp-peers/wechat-edge.ts";
import {
  type Finding,
  type Findings,
  interopPage,
  joinPage,
  splitPage,
  withoutClient,
} from "../interop/page.ts";
import { findPay } from "../interop/pay-finding.ts";
import { peers } from "../interop/peers/all.ts";
import { curl, missingForCurl } from "../interop/peers/curl.ts";
import { wechatEdge } from "../interop/peers/wechat-edge.ts";
import { clients as publishingClients } from "../interop/publishing/clients.ts";
import { openPublishingStage, type PublishingRun } from "../interop/publishing/publish-all.ts";
import { expectPublished } from "../interop/publishing-expectations.ts";
import { type Recorder, startRecorder } from "../interop/recorder.ts";
import { clients } from "../interop/stock/clients.ts";
import { expectGenuine } from "../interop/stock-expectations.ts";
import { type StockFinding, stockFinding } from "../interop/stock-finding.ts";
import { openStage } from "../interop/stock-runs.ts";
import { type SituationRows, tokenTables } from "../interop/token-tables.ts";

const stockClients = clients.filter(
  ({ name }) => name !== curl.name || missingForCurl.length === 0,
);
const page = new URL("../../docs/interop.md", import.meta.url);
const [platformKey] = credentials.pay.platformKeys;
let emulator: RunningEmulator;
let recorder: Recorder;
let files: MadeFiles;

beforeAll(async () => {
  vi.stubEnv("no_proxy", "127.0.0.1");
  emulator = await startEmulator({ port: 0, replyKeyId: platformKey?.platformKeyId ?? "" });
  recorder = await startRecorder(emulator.baseUrl);
  files = await makeFiles();
});
afterAll(async () => {
  await files.remove();
  await recorder.close();
  await emulator.close();
  vi.unstubAllEnvs();
});

/** One after another: a recorder cannot tell clients apart. */
async function findAll<P>(
  ours: P,
  others: readonly P[],
  find: (peer: P, recorder: Recorder, files: MadeFiles) => Promise<Finding>,
): Promise<Findings> {
  const found: Finding[] = [];
  for (const peer of others) found.push(await find(peer, recorder, files));
  return { ours: await find(ours, recorder, files), others: found };
}

async function findStock(): Promise<StockFinding[]> {
  const stage = await openStage();
  try {
    const found: StockFinding[] = [];
    for (const { name, fails } of stockClients) {
      const run = await stage.run(name);
      expectGenuine(stage, run, fails);
      found.push(stockFinding(name, run, { ...(fails && { fails }) }));
    }
    return found;
  } finally {
    await stage.close();
  }
}

async function publishAll(): Promise<PublishingRun[]> {
  const stage = await openPublishingStage();
  try {
    const runs: PublishingRun[] = [];
    for (const { name } of publishingClients) {
      const run = await stage.run(name);
      expectPublished(stage, run);
      runs.push(run);
    }
    return runs;
  } finally {
    await stage.close();
  }
}

/** One client after another, so that only a client's own uploads are in each other's way. */
async function measureAll(clients: readonly MpPeer[]): Promise<SituationRows[]> {
  const measured = situations.map((situation) => ({
    situation,
    rows: [] as [client: string, outcome: TokenOutcome][],
  }));
  for (const peer of clients) {
    const one = async ({ situation, rows }: (typeof measured)[number]) => {
      rows.push([peer.name, await measure(peer, situation)]);
    };
    await Promise.all(measured.map(one));
  }
  return measured;
}

const leftOut = [
  ...(missingForCurl.length > 0 ? [curl.name] : []),
  ...(mpPeers.includes(mpCurl) ? [] : [mpCurl.name]),
];
const left = leftOut.map((name) => `, ${name} left out`).join("");

it(`docs/interop.md says what each client sends${left}`, { timeout: 240_000 }, async () => {
  const pay = await findAll(wechatEdge, peers, findPay);
  const stock = await findStock();
  const mp = await findAll(mpWechatEdge, mpPeers, findMp);
  const mpClients = [mpWechatEdge, mpWechatEdgePlain, ...mpPeers];
  const tokens = await measureAll(mpClients.filter(({ keepsToken }) => keepsToken));
  console.log(`When tokens do not last\n\n${tokenTables(tokens)}`);
  const expected = interopPage(pay, stock, mp, tokens, await publishAll());
  const [, languages] = splitPage(await readFile(page, "utf8"));
  if (process.env["UPDATE_DOCS"] === "1" && leftOut.length === 0) {
    await writeFile(page, joinPage(expected, languages));
  }
  const [written] = splitPage(await readFile(page, "utf8"));
  const compared = leftOut.reduce(withoutClient, written);
  expect(compared, "docs/interop.md is out of date: UPDATE_DOCS=1 writes it anew").toBe(expected);
});
