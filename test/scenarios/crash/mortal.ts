// What the processes have in common that may be killed at any moment.

import { renameSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createMpClient, type MpClient } from "@wechat-edge/core";

/** What every task of such a process says. */
export interface MortalTask {
  readonly baseUrl: string;
  readonly appid: string;
  readonly secret: string;
  /** Kills itself when the reply to this request arrives, counted from 1; 0: never. */
  readonly dieAtReply: number;
}

export function mortalClient({ baseUrl, appid, secret, dieAtReply }: MortalTask): MpClient {
  let requests = 0;
  return createMpClient({
    appid,
    secret,
    baseUrl,
    async fetch(input, init) {
      requests += 1;
      const own = requests;
      const response = await fetch(input, init);
      if (own === dieAtReply) process.kill(process.pid, "SIGKILL");
      return response;
    },
  });
}

/** Writes a file that is never there in part. */
export function writeWhole(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
}
