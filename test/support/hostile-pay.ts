import { createPayClient, type PayClientOptions } from "@wechat-edge/core";
import { type createEmulator, credentials } from "@wechat-edge/emulator";

export type Emulator = ReturnType<typeof createEmulator>;

export const NOW = Date.UTC(2026, 10, 30, 8);

export function clientOf(emulator: Emulator, options: Partial<PayClientOptions> = {}) {
  const { fetch } = emulator;
  return createPayClient({ ...credentials.pay, fetch, now: () => NOW, ...options });
}

export function answered(reply: () => Response, options: Partial<PayClientOptions> = {}) {
  return createPayClient({
    ...credentials.pay,
    now: () => NOW,
    retry: false,
    fetch: async () => reply(),
    ...options,
  });
}

/** A notification as a server gets it. */
export async function received(emulator: Emulator, notification: object = {}) {
  let got = { headers: {} as Record<string, string>, body: "" };
  await emulator.control.notify({
    ...notification,
    async to(request) {
      got = { headers: Object.fromEntries(request.headers), body: await request.text() };
      return new Response(null, { status: 204 });
    },
  });
  return got;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The text of a stream. A Response hides the stream's error in browsers. */
export async function textOf(stream: { getReader(): ReaderOfBytes }): Promise<string> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return new TextDecoder().decode(joined(parts));
    parts.push(value);
  }
}

interface ReaderOfBytes {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
}

export const nothing = () =>
  answered(() => {
    throw new Error("It was sent.");
  });
