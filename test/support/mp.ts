import {
  createMpClient,
  type JsonObject,
  type MpClient,
  type MpClientOptions,
  type MpRequestOptions,
  mpRequest,
} from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { inject } from "vitest";
import { see, seeAttempts, seeJournal } from "./secrets/see.ts";

/** A client of the emulator that listens on loopback. */
export function mpOverHttp(options: Partial<MpClientOptions> = {}): MpClient {
  const { baseUrl, mp } = inject("emulator");
  return createMpClient({
    ...(options.getAccessToken === undefined ? mp : { appid: mp.appid }),
    baseUrl,
    sleep: noPause,
    ...seeAttempts(options),
  });
}

/** A client of an emulator of its own in this process, under WeChat's real addresses, with its clock. */
export function mpInProcess(
  options: Partial<MpClientOptions> = {},
  emulatorOptions: Parameters<typeof createEmulator>[0] = {},
): {
  mp: MpClient;
  emulator: ReturnType<typeof createEmulator>;
  pauses: number[];
  /** The access_token of each call, in their order. */
  used: string[];
} {
  const emulator = createEmulator(emulatorOptions);
  const pauses: number[] = [];
  const used: string[] = [];
  const mp = createMpClient({
    ...(options.getAccessToken === undefined ? credentials.mp : { appid: credentials.mp.appid }),
    fetch: (input, init) => {
      const token = new URL(input).searchParams.get("access_token");
      if (token !== null) used.push(token);
      return emulator.fetch(input, init);
    },
    now: emulator.control.clock.now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
    },
    ...seeAttempts(options),
  });
  seeJournal(emulator.control.journal);
  return { mp, emulator, pauses, used };
}

/** A token of the client's own, for requests past the library. */
export async function tokenOf(mp: MpClient): Promise<string> {
  return mpParts(mp).tokens.get();
}

/** A call that every account may make, as often as it likes. */
export function countMaterial(mp: MpClient, options: MpRequestOptions = {}): Promise<JsonObject> {
  return mpRequest(mp, { method: "GET", path: "/cgi-bin/material/get_materialcount" }, options);
}

/** How often the emulator was asked for tokens, and how often the API was called. */
export function callsOf({ control }: ReturnType<typeof createEmulator>): {
  plain: number;
  stable: number;
  forced: number;
  api: number;
} {
  const paths = control.journal.entries().map(({ path }) => path);
  const plain = paths.filter((path) => path === "/cgi-bin/token").length;
  const stable = paths.filter((path) => path === "/cgi-bin/stable_token").length;
  const { forced } = control.tokens.calls(credentials.mp.appid);
  return { plain, stable, forced, api: paths.length - plain - stable };
}

/** How often a path was called. */
export function timesAsked(
  { control }: Pick<ReturnType<typeof createEmulator>, "control">,
  path: string,
): number {
  return control.journal.entries().filter((entry) => entry.path === path).length;
}

/** What a scripted server answers: JSON, another response, or a failure of fetch. */
export type ScriptedReply = object | Response | Error | (() => Promise<Response>);

export interface ScriptedCall {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A fetch that answers by a list, the last of it for ever, and what it was asked. */
function scripted(...replies: ScriptedReply[]): {
  fetch: typeof fetch;
  calls: ScriptedCall[];
} {
  const calls: ScriptedCall[] = [];
  return {
    calls,
    async fetch(input, init) {
      const url = input as string;
      const reply = replies[Math.min(calls.length, replies.length - 1)];
      calls.push({
        method: init?.method ?? "GET",
        url,
        path: new URL(url).pathname,
        headers: new Headers(init?.headers),
        body: await new Response(init?.body ?? null).text(),
      });
      if (reply instanceof Error) throw reply;
      if (typeof reply === "function") return reply();
      return reply instanceof Response ? copied(reply) : jsonReply(reply ?? {});
    },
  };
}

/** Unlike a clone, it can be cancelled by itself. */
async function copied(reply: Response): Promise<Response> {
  const body = await reply.clone().arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, reply);
}

/** A client whose server answers by a list; its token is given. */
export function mpScripted(
  replies: readonly ScriptedReply[],
  options: Partial<MpClientOptions> = {},
): { mp: MpClient; calls: ScriptedCall[]; pauses: number[] } {
  const pauses: number[] = [];
  const { fetch, calls } = scripted(...replies);
  const mp = createMpClient({
    appid: credentials.mp.appid,
    ...(options.secret === undefined && { getAccessToken: () => "TOKEN" }),
    fetch,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
    },
    ...seeAttempts(options),
  });
  return { mp, calls, pauses };
}

/** JSON as WeChat sends it, which says of itself that it is text. */
export function jsonReply(body: object, status = 200, type = "text/plain"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}

/** The outcome of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome: unknown = await call.then(
    (value) => new Error(`It succeeded with ${JSON.stringify(value)}.`),
    (error: unknown) => error,
  );
  see("an error", outcome);
  return outcome as Error & Record<string, unknown>;
}

/** Everything that a value could show: names, texts, stacks and causes, at any depth. */
export function everythingIn(value: unknown, seen: Set<unknown> = new Set()): string {
  if (typeof value === "function") return `${value.name} `;
  if (typeof value !== "object" || value === null) return `${String(value)} `;
  if (seen.has(value)) return "";
  seen.add(value);
  const parts = Reflect.ownKeys(value).map(
    (key) => `${String(key)} ${everythingIn(Reflect.get(value, key), seen)}`,
  );
  const entries = value instanceof Map || value instanceof Set ? [...value] : [];
  const more = entries.map((entry) => everythingIn(entry, seen));
  const text = value instanceof Error ? `${String(value)} ${value.stack}` : "";
  return `${text} ${JSON.stringify(value)} ${parts.join("")} ${more.join("")}`;
}

async function noPause(): Promise<void> {}
