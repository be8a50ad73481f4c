// What comes back from where others may write: tokens, certificates, states of jobs, checkpoints of videos.

import { readFileSync } from "node:fs";
import { createMpClient, createPayClient, mpRequest } from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import { credentials } from "@wechat-edge/emulator";
import { publishArticle, uploadVideoMaterial } from "@wechat-edge/mp-publish";
import * as fc from "fast-check";
import { SAVED_AT, savedFilm, savedJob } from "../../support/saved.ts";
import { details, sha1Of } from "../../support/video.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedJson, mutatedText } from "../mutations.ts";

const saved = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/saved/${name}`, import.meta.url), "utf8"));
const now = (): number => SAVED_AT + 60_000;
const firstValue = (file: string): string =>
  Object.values(saved(file) as Record<string, string>).at(0) ?? "";
const token = firstValue("tokens.json");
const certificates = firstValue("certificates.json");

/** A value as stores return it: the text, or what some of them make of it. */
const stored = (text: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    mutatedText([text]),
    mutatedJson([JSON.parse(text)]),
    mutatedJson([JSON.parse(text)]).map((value) => JSON.stringify(value)),
  );

const states = [...(saved("draft-states.json") as { state: object }[])].map(({ state }) => state);
const checkpoints = (saved("video-checkpoints.json") as { checkpoint: object }[]).map(
  ({ checkpoint }) => checkpoint,
);
const asKept = (values: readonly object[]): fc.Arbitrary<unknown> =>
  fc
    .oneof(mutatedJson(values), mutatedText(values.map((value) => JSON.stringify(value))))
    .filter((value) => value !== undefined);
const sha1 = await sha1Of(new Uint8Array(await savedFilm.arrayBuffer()));

export const storeTargets = [
  fuzzTarget("tokens from a store", 300, stored(token), async (value) => {
    const used: (string | null)[] = [];
    const mp = createMpClient({
      ...credentials.mp,
      now,
      tokenStore: { get: () => value, set: () => undefined },
      fetch: async (input) => {
        const { pathname, searchParams } = new URL(input);
        if (pathname.endsWith("token"))
          return Response.json({ access_token: "ISSUED", expires_in: 7200 });
        used.push(searchParams.get("access_token"));
        return Response.json({ errcode: 0 });
      },
    });
    await mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    const [sent = ""] = used;
    must(used.length === 1 && /^[\x21-\x7e]{1,4096}$/.test(sent ?? ""), `Sent the token ${sent}.`);
    const known = sent === "ISSUED" || textOf(value).includes(sent ?? "");
    must(known, "Sent a token that was neither stored nor issued.");
  }),
  fuzzTarget("certificates from a cache", 100, stored(certificates), async (value) => {
    const { platformKeys: _, ...identity } = credentials.pay;
    const pay = createPayClient({
      ...identity,
      now,
      certificateCache: { get: () => value, set: () => undefined },
      fetch: async () => new Response(null, { status: 404 }),
      retry: { attempts: 1 },
    });
    const { keys } = payParts(pay);
    await outcomeOf(() => keys.prepare(), ["ERR_REPLY", "ERR_KEY"]);
    const genuine = /"serial_no\\+":\\+"([\dA-F]+)/g;
    const known = new Set([...certificates.matchAll(genuine)].map(([, serial]) => serial));
    must(
      keys.ids().every((id) => known.has(id)),
      `Took ${keys.ids().join(", ")} from the cache.`,
    );
  }),
  fuzzTarget("states of jobs", 120, asKept(states), async (state) => {
    const mp = createMpClient({ ...credentials.mp, now, fetch: offline, retry: { attempts: 1 } });
    const job = { ...savedJob, target: "draft" as const };
    const run = () => publishArticle(mp, job, { state: state as never });
    await outcomeOf(run, ["ERR_CHECKPOINT", "ERR_NETWORK", "ERR_OUTCOME_UNKNOWN"]);
  }),
  fuzzTarget("checkpoints of videos", 200, asKept(checkpoints), async (checkpoint) => {
    const mp = createMpClient({ ...credentials.mp, now, fetch: offline, retry: { attempts: 1 } });
    const run = () =>
      uploadVideoMaterial(mp, details, savedFilm, { sha1, checkpoint: checkpoint as never });
    await outcomeOf(run, ["ERR_CHECKPOINT", "ERR_NETWORK", "ERR_OUTCOME_UNKNOWN"]);
  }),
];

async function offline(): Promise<Response> {
  throw new TypeError("fetch failed");
}

function textOf(value: unknown): string {
  return typeof value === "string" && !value.includes("\\") ? value : deepTexts(value).join("\n");
}

/** Every text in a value, its JSON read. */
function deepTexts(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(deepTexts);
  if (typeof value !== "string") return [];
  try {
    return [value, ...deepTexts(JSON.parse(value))];
  } catch {
    return [value];
  }
}
