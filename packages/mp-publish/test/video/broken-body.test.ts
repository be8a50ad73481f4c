// A connection that breaks while the bytes of a block are on their way.

import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createMpClient } from "@wechat-edge/core";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  callsIn,
  details,
  expectWhole,
  MIB,
  timesOf,
  videoBytes,
} from "../../../../test/support/video.ts";
import type { VideoCheckpoint } from "../../src/video/checkpoint.ts";
import { uploadVideoMaterial } from "../../src/video/upload.ts";

const bytes = videoBytes(3 * MIB + 1);
const file = new File([bytes], "film.mp4");

interface Cutter {
  readonly origin: string;
  close(): Promise<unknown>;
}

/** A proxy that breaks the connection once so many bytes have come in. */
async function startCutter(origin: string, cuts: number[]): Promise<Cutter> {
  const { port } = new URL(origin);
  const sockets = new Set<Socket>();
  let seen = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), "127.0.0.1");
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    upstream.on("data", (chunk) => client.write(chunk));
    client.on("data", (chunk) => {
      seen += chunk.length;
      const [cut = Number.POSITIVE_INFINITY] = cuts;
      if (seen < cut) {
        upstream.write(chunk);
        return;
      }
      cuts.shift();
      end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("a connection that breaks within a block", () => {
  let emulator: RunningEmulator;
  let cutter: Cutter;
  let cuts: number[];
  beforeEach(async () => {
    emulator = await startEmulator({ port: 0 });
    cuts = [];
    cutter = await startCutter(emulator.baseUrl, cuts);
  });
  afterEach(async () => {
    await cutter.close();
    await emulator.close();
  });
  const client = (attempts: number) =>
    createMpClient({
      ...emulator.control.credentials.mp,
      baseUrl: cutter.origin,
      sleep: async () => undefined,
      retry: { attempts },
    });

  it("in each of them: each is repeated, and nothing else", async () => {
    // Each block goes over the line one and a half times.
    cuts.push(0.5 * MIB, 2 * MIB, 3.5 * MIB);
    await uploadVideoMaterial(client(3), details, file);
    expect(cuts).toEqual([]);
    const { control } = emulator;
    await expectWhole(control.videos.list(), bytes);
    expect(timesOf(control.videos.list()[0])).toEqual([1, 1, 1, 1]);
    const calls = callsIn(control.journal.entries());
    expect(calls.filter((call) => /^(init|finish|save)$/.test(call))).toEqual([
      "init",
      "finish",
      "save",
    ]);
  });

  it("with several at a time", async () => {
    cuts.push(0.4 * MIB, 1.7 * MIB, 2.9 * MIB);
    await uploadVideoMaterial(client(5), details, file, { concurrency: 3 });
    await expectWhole(emulator.control.videos.list(), bytes);
  });

  it("for good: the checkpoint goes on with that block", async () => {
    cuts.push(...Array.from({ length: 3 }, () => 1.5 * MIB));
    const kept: VideoCheckpoint[] = [];
    const onCheckpoint = (checkpoint: VideoCheckpoint) => void kept.push(checkpoint);
    const upload = uploadVideoMaterial(client(3), details, file, { onCheckpoint });
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
    const checkpoint = kept.at(-1);
    expect(checkpoint?.acked).toEqual([[1, 1]]);
    await uploadVideoMaterial(client(3), details, file, { checkpoint });
    const { control } = emulator;
    await expectWhole(control.videos.list(), bytes);
    expect(timesOf(control.videos.list()[0])).toEqual([1, 1, 1, 1]);
  });
});
