import {
  type Attempt,
  createMpClient,
  createPayClient,
  type MpClient,
  type PayClient,
  type PayClientOptions,
} from "@wechat-edge/core";
import type { RunningEmulator } from "@wechat-edge/emulator/node";
import type { Expectations } from "./expectations.ts";
import type { Screen } from "./screen.ts";

/** What every scene needs. */
export interface Stage {
  readonly emulator: RunningEmulator;
  readonly screen: Screen;
  readonly expectations: Expectations;
}

/** A client of WeChat Pay, and the attempts that it has made. */
export interface RecordedClient {
  readonly pay: PayClient;
  readonly attempts: readonly Attempt[];
  /** Ids of the platform keys that it was given. */
  readonly platformKeyIds: readonly string[];
}

/** Creates a client with the emulator's merchant; `options` override single values. */
export function emulatorClient(
  { emulator }: Stage,
  options: Partial<PayClientOptions> = {},
): RecordedClient {
  const { mchid, serialNo, privateKey, platformKeys } = emulator.control.credentials.pay;
  const attempts: Attempt[] = [];
  const pay = createPayClient({
    mchid,
    serialNo,
    privateKey,
    platformKeys,
    baseUrl: emulator.baseUrl,
    onAttempt: (attempt) => attempts.push(attempt),
    ...options,
  });
  const platformKeyIds = (options.platformKeys ?? platformKeys).map(
    ({ platformKeyId }) => platformKeyId,
  );
  return { pay, attempts, platformKeyIds };
}

/** A client of an Official Account, and the attempts that it has made. */
export interface RecordedMpClient {
  readonly mp: MpClient;
  readonly attempts: Attempt[];
}

/** Creates a client with the emulator's Official Account. */
export function emulatorMpClient({ emulator }: Stage): RecordedMpClient {
  const attempts: Attempt[] = [];
  const mp = createMpClient({
    ...emulator.control.credentials.mp,
    baseUrl: emulator.baseUrl,
    onAttempt: (attempt) => attempts.push(attempt),
  });
  return { mp, attempts };
}

/** Returns the function that counts a check and prints it, with labels of so many columns. */
export function showWith(
  columns: number,
): (stage: Stage, label: string, ok: boolean, outcome: unknown) => void {
  return ({ screen, expectations }, label, ok, outcome) => {
    const text = outcome instanceof Error ? `${outcome.name}: ${outcome.message}` : String(outcome);
    expectations.expect(ok, `${label}: ${text}`);
    screen.row(ok, [[label, columns], [text]]);
  };
}
