import type { createEmulator } from "@wechat-edge/emulator";
import { expect } from "vitest";
import { failure, mpInProcess } from "./mp.ts";
import {
  callOperation,
  localOperations,
  mpOperations,
  type Operation,
  payOperations,
} from "./operations.ts";
import { payInProcess } from "./pay.ts";
import { platformInProcess, platformOperations } from "./platform-operations.ts";

/** The error of a call that is refused before anything is sent; of results, that of the first. */
export async function refusal(operation: Operation, half: Half, parts: object): Promise<Error> {
  const { client, emulator } = half();
  const call = async (): Promise<unknown> => {
    const results = await callOperation(operation, client, parts);
    const [first] = Array.isArray(results) ? (results as { error?: Error }[]) : [];
    if (first?.error === undefined) return results;
    throw first.error;
  };
  const error = await failure(call());
  expect(emulator?.control.journal.entries() ?? []).toEqual([]);
  return error;
}

export type Half = () => { client?: unknown; emulator?: ReturnType<typeof createEmulator> };

const ofPay: Half = () => {
  const { pay, emulator } = payInProcess();
  return { client: pay, emulator };
};

const ofMp: Half = () => {
  const { mp, emulator } = mpInProcess();
  return { client: mp, emulator };
};

const ofPlatform: Half = () => {
  const { platform, emulator } = platformInProcess();
  return { client: platform, emulator };
};

export const operations: readonly (readonly [name: string, operation: Operation, half: Half])[] = [
  ...Object.entries(payOperations).map(([name, operation]) => [name, operation, ofPay] as const),
  ...Object.entries(mpOperations).map(([name, operation]) => [name, operation, ofMp] as const),
  ...Object.entries(platformOperations).map(
    ([name, operation]) => [name, operation, ofPlatform] as const,
  ),
  ...Object.entries(localOperations).map(
    ([name, operation]) => [name, operation, () => ({})] as const,
  ),
];
