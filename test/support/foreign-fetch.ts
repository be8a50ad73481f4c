import type { Fetch } from "@wechat-edge/core";
import type { createEmulator } from "@wechat-edge/emulator";
import { expect } from "vitest";
import { payInProcess } from "./pay.ts";

export type Adapter = (response: Response) => unknown;

export function through(emulator: ReturnType<typeof createEmulator>, adapter: Adapter): Fetch {
  return (async (url: string, init: RequestInit) =>
    adapter(await emulator.fetch(url, init))) as never;
}

export function payThrough(adapter: Adapter) {
  const { emulator } = payInProcess();
  const { pay, pauses } = payInProcess({ fetch: through(emulator, adapter) });
  return { pay, pauses, emulator };
}

export async function failure(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => expect.fail("it succeeded"),
    (error: Error) => error,
  );
}
