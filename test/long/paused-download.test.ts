// A download is as fast as it is read: while its reader pauses, no part of it piles up in memory.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../package/command.ts";
import { toolNode } from "../support/tool-node.ts";

const FILE_BYTES = 100_000_000;
const MAX_BYTES_AHEAD = 4_000_000;
const PAUSES = [1, 20_000_000, 60_000_000];

/** What the script prints for each pause, in bytes. */
interface Pause {
  readonly consumed: number;
  readonly sent: number;
  /** Bytes that were sent and are in sockets. */
  readonly inKernel: number;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = `${root}test/runtimes/node_modules/.bin`;
const runtimes: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  node: [toolNode()],
  deno: [`${installed}/deno`, "run", "-A", "--no-check"],
  bun: [`${installed}/bun`],
};

describe("a paused reader of a download of 100 MB", () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
  });
  afterAll(() => emulator.close());

  for (const [name, [program, ...args]] of Object.entries(runtimes)) {
    if (program.startsWith(installed) && !existsSync(program)) {
      it.skip(`${name}: not on this machine`, () => {});
      continue;
    }
    it(`${name}: less than 4 MB ahead of it`, { timeout: 60_000 }, async () => {
      const { appid, secret } = emulator.control.credentials.mp;
      const media_id = emulator.control.userSends({ type: "image", size: FILE_BYTES });
      const script = "test/long/paused-download/reader.ts";
      const input = [emulator.baseUrl, appid, secret, media_id, ...PAUSES.map(String)];
      const printed = await command(program, [...args, script, ...input], { cwd: root });
      const lines = printed.trim().split("\n");
      expect(lines.length).toBe(PAUSES.length);
      for (const [i, line] of lines.entries()) {
        const { consumed, sent, inKernel } = JSON.parse(line) as Pause;
        expect(consumed).toBeGreaterThanOrEqual(PAUSES[i] ?? 0);
        expect(sent).toBeGreaterThanOrEqual(consumed);
        expect(sent).toBeLessThan(FILE_BYTES);
        // Linux buffers up to some ten megabytes in the two sockets, which the test cannot limit.
        expect(sent - inKernel - consumed).toBeLessThan(MAX_BYTES_AHEAD);
      }
    });
  }
});
