import type { Fetch, PayClientOptions } from "@wechat-edge/core";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { expect } from "vitest";
import vectors from "../vectors/keys.json" with { type: "json" };
import { payInProcess } from "./pay.ts";

type EmulatorOptions = NonNullable<Parameters<typeof createEmulator>[0]>;

export type Emulator = ReturnType<typeof createEmulator>;

export interface SetUp {
  readonly client?: Partial<PayClientOptions>;
  readonly emulator?: EmulatorOptions;
  readonly prepare?: (emulator: Emulator) => void;
}

export const { mchid, apiV3Key, platformKeys } = credentials.pay;

export const { keys } = vectors;

export const NOW = Date.UTC(2026, 10, 22, 8, 0, 0);

export const other = { privateKey: keys["rsa.pkcs8"], publicKey: keys["rsa.spki"] };

export async function examine({ client = {}, emulator: options, prepare }: SetUp) {
  const emulator = createEmulator({ now: () => NOW, ...options });
  prepare?.(emulator);
  const asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    asked.push(`${init?.method} ${new URL(url).pathname}`);
    return (client.fetch ?? emulator.fetch)(url, init);
  };
  const { pay } = payInProcess({ now: () => NOW, ...client, fetch });
  const checkup = await checkPayClient(pay);
  expect(asked).toHaveLength(checkup.requests);
  for (const request of asked) expect(request).toMatch(/^GET \/.*\bv3\/.*certificates$/);
  expectNoKeyIn(checkup.text);
  return checkup;
}

/** Nothing in a text may be a key or a part of one. */
function expectNoKeyIn(text: string): void {
  const { pay } = credentials;
  const secrets = [pay.privateKey, other.privateKey, ...platformKeys.map(({ key }) => key)];
  const lines = secrets.flatMap((pem) => pem.split("\n").filter((line) => line.length > 40));
  for (const secret of [...lines, apiV3Key]) expect(text).not.toContain(secret);
}
