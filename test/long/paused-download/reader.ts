// Reads a large download with pauses, in any runtime. After each pause it prints how many bytes
// it has consumed, the emulator has sent, and are in the kernel's sockets.

import { existsSync, readFileSync } from "node:fs";
import { createMpClient } from "@wechat-edge/core";
import { downloadMedia } from "@wechat-edge/mp-media";

const [origin = "", appid = "", secret = "", media_id = "", ...pauses] = process.argv.slice(2);
const POLL_MS = 50;
/** After so many polls without a change, the emulator has stopped sending. */
const STILL_POLLS = 10;
const SOCKETS = "/proc/net/tcp";

const mp = createMpClient({ appid, secret, baseUrl: origin });
const download = await downloadMedia(mp, { media_id });
if (download.kind !== "file") throw new Error("An address came in place of a file.");
const reader = download.body.getReader();
let consumed = 0;
for (const bytes of pauses.map(Number)) {
  while (consumed < bytes) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The file ended after ${consumed} bytes.`);
    consumed += value.length;
  }
  const sent = await sentWhenStill();
  console.log(JSON.stringify({ consumed, sent, inKernel: queued(new URL(origin).port) }));
}
await reader.cancel();

async function sentWhenStill(): Promise<number> {
  let last = -1;
  for (let still = 0; still < STILL_POLLS; ) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const sent = await sentSoFar();
    still = sent === last ? still + 1 : 0;
    last = sent;
  }
  return last;
}

async function sentSoFar(): Promise<number> {
  const reply = await fetch(`${origin}/_emulator/journal`);
  const { entries } = (await reply.json()) as {
    entries: { path: string; sentBytes?: number }[];
  };
  return entries.findLast(({ path }) => path === "/cgi-bin/media/get")?.sentBytes ?? 0;
}

/** Bytes in the send queues of this port and in the receive queues of those connected to it; 0 on systems other than Linux. */
function queued(port: string): number {
  if (!existsSync(SOCKETS)) return 0;
  const suffix = `:${Number(port).toString(16).toUpperCase().padStart(4, "0")}`;
  let bytes = 0;
  for (const line of readFileSync(SOCKETS, "utf8").split("\n")) {
    const [, local = "", remote = "", , queues = ""] = line.trim().split(/\s+/);
    const [send = 0, receive = 0] = queues.split(":").map((hex) => Number.parseInt(hex, 16));
    if (local.endsWith(suffix)) bytes += send;
    else if (remote.endsWith(suffix)) bytes += receive;
  }
  return bytes;
}
