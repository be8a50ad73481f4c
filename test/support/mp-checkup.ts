import { createMpClient, type Fetch, type MpClient, type MpClientOptions } from "@wechat-edge/core";
import { checkMpClient } from "@wechat-edge/core/mp-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { expect } from "vitest";

type EmulatorOptions = NonNullable<Parameters<typeof createEmulator>[0]>;

export type Emulator = ReturnType<typeof createEmulator>;

export interface SetUp {
  readonly client?: Partial<MpClientOptions>;
  readonly emulator?: EmulatorOptions;
  /** Before the check; may return the client to check. */
  readonly prepare?: (emulator: Emulator, client: MpClient) => unknown;
}

export const { appid, secret } = credentials.mp;

export const NOW = Date.UTC(2026, 10, 22, 8, 0, 0);

export const OTHER_SECRET = "ffffffffffffffffffffffffffffffff";

export async function examine({ client = {}, emulator: options, prepare }: SetUp) {
  const emulator = createEmulator({ now: () => NOW, ...options });
  const tokens: string[] = [];
  let asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(pathname);
    tokens.push(searchParams.get("access_token") ?? "");
    return (client.fetch ?? emulator.fetch)(url, init);
  };
  const own = client.getAccessToken === undefined ? credentials.mp : { appid };
  const sleep = async (): Promise<void> => undefined;
  const mp = createMpClient({ now: () => NOW, sleep, ...own, ...client, fetch });
  await prepare?.(emulator, mp);
  asked = [];
  const checkup = await checkMpClient(mp);
  expect(asked).toHaveLength(checkup.requests);
  expect(checkup.requests).toBeLessThanOrEqual(7);
  expect(emulator.control.tokens.calls(appid).forced).toBe(0);
  for (const hidden of [secret, OTHER_SECRET, ...tokens.filter((token) => token !== "")]) {
    expect(checkup.text).not.toContain(hidden);
  }
  return { ...checkup, asked };
}

export const silent: Fetch = async (_, init) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });

export const PATH = "/cgi-bin/material/get_materialcount";

export const limited = () => {
  const emulator = createEmulator({ accounts: [{ appid, dailyLimits: { [PATH]: 2 } }] });
  return { emulator, mp: createMpClient({ ...credentials.mp, fetch: emulator.fetch }) };
};
