import {
  type Attempt,
  createMpClient,
  createPayClient,
  type SharedOptions,
} from "@wechat-edge/core";
import { createMpPlatform } from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { RETRY, TIMEOUT_MS } from "./bounds.ts";
import type { Network } from "./network/network.ts";
import type { Process } from "./run.ts";
import type { SharedStore } from "./stores.ts";
import type { World } from "./world/world.ts";

/** Token and key of the messages of the account. */
export const messages = {
  token: "simulatedToken",
  encodingAESKey: "simulatedKeyOfTheMessagesOfTheAccount000000",
} as const;

/** The stores that outlive a process. */
export interface Stores {
  readonly tokens: SharedStore;
  readonly certificates: SharedStore;
  readonly media: SharedStore;
}

/** What clients report besides results: all of it must be free of secrets. */
export interface Reports {
  readonly attempts: Attempt[];
  readonly storeErrors: unknown[];
}

/** Begins a process. Those of different slots know WeChat Pay's keys in different ways. */
export function startProcess(
  slot: number,
  {
    world,
    network,
    stores,
    reports,
  }: { world: World; network: Network; stores: Stores; reports: Reports },
): Process {
  const shared: SharedOptions = {
    fetch: network.fetchOf(() => process),
    now: () => world.timers.now() + process.skew,
    timeout: TIMEOUT_MS,
    retry: RETRY,
    onAttempt: (attempt) => void reports.attempts.push(attempt),
  };
  const onStoreError = (error: unknown): void => void reports.storeErrors.push(error);
  const { mchid, serialNo, privateKey, platformKeys, apiV3Key } = credentials.pay;
  const trust = [
    { apiV3Key, certificateCache: stores.certificates },
    { apiV3Key, certificateCache: stores.certificates, platformKeys: platformKeys.slice(0, 1) },
    { platformKeys },
  ][slot % 3];
  const platform = createMpPlatform({
    ...credentials.platform,
    ...shared,
    tokenStore: stores.tokens,
    onStoreError,
  });
  const process: Process = {
    slot,
    skew: 0,
    dead: false,
    pay: createPayClient({ mchid, serialNo, privateKey, ...trust, ...shared, onStoreError }),
    mp: createMpClient({
      ...credentials.mp,
      ...shared,
      token: slot === 2 ? "plain" : "stable",
      tokenStore: stores.tokens,
      onStoreError,
      messageToken: messages.token,
      encodingAESKey: messages.encodingAESKey,
    }),
    platform,
    platformMp: createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: platform.getAccessToken,
      ...shared,
    }),
  };
  return process;
}
