import { createPayClient, type PayClient, type PayClientOptions } from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { inject } from "vitest";
import { seeAttempts, seeJournal } from "./secrets/see.ts";

/** A client of the emulator that listens on loopback. */
export function payOverHttp(options: Partial<PayClientOptions> = {}): PayClient {
  const { baseUrl, pay } = inject("emulator");
  return createPayClient({ ...identity(pay), baseUrl, sleep: noPause, ...seeAttempts(options) });
}

/** A client of an emulator of its own in this process, under WeChat's real addresses. */
export function payInProcess(
  options: Partial<PayClientOptions> = {},
  emulatorOptions: Parameters<typeof createEmulator>[0] = {},
): { pay: PayClient; emulator: ReturnType<typeof createEmulator>; pauses: number[] } {
  const emulator = createEmulator(emulatorOptions);
  const pauses: number[] = [];
  const pay = createPayClient({
    ...identity(credentials.pay),
    fetch: emulator.fetch,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
    },
    ...seeAttempts(options),
  });
  seeJournal(emulator.control.journal);
  return { pay, emulator, pauses };
}

/** The clock of a client. */
export function nowOf(pay: PayClient): () => number {
  return payParts(pay).signer.transport.now;
}

/** The platform key that a client asks WeChat Pay to sign with. */
export function wantedKey(pay: PayClient): string | undefined {
  return payParts(pay).keys.platformKeyId;
}

async function noPause(): Promise<void> {}

function identity({
  mchid,
  serialNo,
  privateKey,
  platformKeys,
}: Pick<PayClientOptions, "mchid" | "serialNo" | "privateKey" | "platformKeys">) {
  return { mchid, serialNo, privateKey, platformKeys };
}
