// What becomes of uploads when tokens do not last, measured of any client.

import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { inTurn } from "./in-turn.ts";
import { exampleFiles } from "./interop-files.ts";
import { type MpPeer, mpPaths, tokenPaths } from "./mp-peers/peer.ts";

/** How the uploads of one client ended. */
export interface TokenOutcome {
  /** Requests of this client to the token endpoints. */
  readonly tokenCalls: number;
  readonly successes: number;
  readonly failures: number;
  /** Uploads that had not ended when the emulator had heard nothing for {@link HANG_SECONDS}. */
  readonly hangs: number;
}

interface Stage {
  readonly emulator: RunningEmulator;
  /** Begins that many uploads at once and waits for them. */
  readonly upload: (count?: number) => Promise<void>;
  /** The token calls in here are not the client's. */
  readonly elsewhere: (act: () => Promise<void>) => Promise<void>;
}

export interface Situation {
  readonly title: string;
  readonly what: string;
  /** How long an old token goes on beside a new one: 5 minutes, or not at all. */
  readonly overlap: boolean;
  readonly uploads: number;
  readonly run: (stage: Stage) => Promise<void>;
}

/** Far more than a client pauses here, and less than Node keeps an idle connection open. */
export const HANG_SECONDS = 3;
const AT_ONCE = 10;
const OVERLAP_MS = 300_000;
const { appid, secret } = credentials.mp;

export const situations: readonly Situation[] = [
  {
    title: "Ten at once, without a token",
    what: "Ten uploads begin before there is a token. An old token works for five more minutes beside the new one.",
    overlap: true,
    uploads: AT_ONCE,
    run: ({ upload }) => upload(AT_ONCE),
  },
  {
    title: "Ten at once, without overlap",
    what: "The same, but a new token invalidates the old one at once, as in 媒体API文档: 重复获取将导致上次获取的access_token失效. Later pages promise the five minutes. The tokens are issued one by one, each upload starts with its own, and all are checked after the last token is issued.",
    overlap: false,
    uploads: AT_ONCE,
    run: ({ upload }) => upload(AT_ONCE),
  },
  {
    title: "Revoked during an upload",
    what: "Three uploads, one after another. The token is revoked between the headers and the body of the second: 40001.",
    overlap: true,
    uploads: 3,
    async run({ emulator, upload }) {
      await upload();
      const match = { path: mpPaths.media };
      emulator.control.faults.add({ kind: "token-killed", at: "headers", match });
      await upload();
      await upload();
    },
  },
  {
    title: "Superseded by another machine",
    what: "After the first of three uploads, another machine requests a new token of either kind, and five minutes pass: 40001.",
    overlap: true,
    uploads: 3,
    async run({ emulator, upload, elsewhere }) {
      await upload();
      await elsewhere(() => takeTokens(emulator.baseUrl));
      emulator.control.clock.advance(OVERLAP_MS);
      await upload();
      await upload();
    },
  },
  {
    title: "Expired",
    what: "After the first of three uploads, the token expires early: 42001.",
    overlap: true,
    uploads: 3,
    async run({ emulator, upload }) {
      await upload();
      emulator.control.tokens.expire(appid);
      await upload();
      await upload();
    },
  },
];

/** As somebody who has the same secret, and wants a new one. */
async function takeTokens(origin: string): Promise<void> {
  const account = { grant_type: "client_credential", appid, secret };
  await fetch(`${origin}${tokenPaths.plain}?${new URLSearchParams(account)}`);
  const body = JSON.stringify({ ...account, force_refresh: true });
  await fetch(`${origin}${tokenPaths.stable}`, { method: "POST", body });
}

/** Puts a client of its own through one situation, against an emulator of its own. */
export async function measure(peer: MpPeer, situation: Situation): Promise<TokenOutcome> {
  const emulator = await startOne(situation.overlap);
  const client = await peer.open(emulator.baseUrl);
  const ends = { successes: 0, failures: 0, hangs: 0 };
  let foreignCalls = 0;
  const stage: Stage = {
    emulator,
    async upload(count = 1) {
      const uploads = Array.from({ length: count }, () => client.uploadImage(exampleFiles.image));
      for (const end of await endsOf(uploads, emulator)) ends[end] += 1;
    },
    async elsewhere(act) {
      const before = tokenCalls(emulator);
      await act();
      foreignCalls += tokenCalls(emulator) - before;
    },
  };
  try {
    await situation.run(stage);
    return { tokenCalls: tokenCalls(emulator) - foreignCalls, ...ends };
  } finally {
    await client.close();
    await emulator.close();
  }
}

function tokenCalls({ control }: RunningEmulator): number {
  const { plain, stable } = control.tokens.calls(appid);
  return plain + stable;
}

/** Without overlap, five minutes pass with every token of the plain kind. */
async function startOne(overlap: boolean): Promise<RunningEmulator> {
  if (overlap) return startEmulator({ port: 0 });
  const emulator = await startEmulator({
    port: 0,
    ...inTurn(AT_ONCE),
    now: () => Date.now() + issued() * OVERLAP_MS,
  });
  const issued = (): number =>
    emulator.control.journal
      .entries()
      .filter(({ path, status }) => path === tokenPaths.plain && status === 200).length;
  return emulator;
}

type End = "successes" | "failures" | "hangs";

/** How each upload ends; those that have not when the emulator hears no more hang. */
async function endsOf(uploads: readonly Promise<string>[], emulator: RunningEmulator) {
  const { hung, stop } = watchForSilence(emulator);
  const ended = uploads.map((upload) =>
    upload.then(
      (): End => "successes",
      (): End => "failures",
    ),
  );
  try {
    return await Promise.all(ended.map((end) => Promise.race([end, hung])));
  } finally {
    stop();
  }
}

/** Settles when no request has come and none was answered for {@link HANG_SECONDS}. */
function watchForSilence({ control }: RunningEmulator): { hung: Promise<End>; stop: () => void } {
  let heard = "";
  let since = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const hung = new Promise<End>((resolve) => {
    timer = setInterval(() => {
      const now = JSON.stringify(control.journal.entries().map(({ status }) => status ?? 0));
      if (now !== heard) {
        heard = now;
        since = performance.now();
      } else if (performance.now() - since >= HANG_SECONDS * 1000) {
        resolve("hangs");
      }
    }, 100);
  });
  return { hung, stop: () => clearInterval(timer) };
}
