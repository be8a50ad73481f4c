import { createPayClient, type PayClientOptions } from "@wechat-edge/core";
import { type RawNotification, readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials, type Notification } from "@wechat-edge/emulator";
import { failure } from "./mp.ts";

type Emulator = ReturnType<typeof createEmulator>;

export type Received = RawNotification & { readonly headers: Headers; readonly body: string };

export function clientOf({ fetch, control }: Emulator, options: Partial<PayClientOptions> = {}) {
  return createPayClient({ ...credentials.pay, fetch, now: control.clock.now, ...options });
}

/** What a server gets from WeChat Pay: headers and raw body. */
export async function received(
  emulator: Emulator,
  notification: Notification = {},
): Promise<Received> {
  let got: Received | undefined;
  await emulator.control.notify({
    ...notification,
    async to(request) {
      got = { headers: new Headers(request.headers), body: await request.text() };
      return new Response(null, { status: 204 });
    },
  });
  if (got === undefined) throw new Error("Nothing was sent.");
  return got;
}

export function plain(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers);
}

export async function refusalOf(
  notification: Notification,
  change: (given: Received) => RawNotification = (given) => given,
  options: Partial<PayClientOptions> = {},
): Promise<Error & Record<string, unknown>> {
  const emulator = createEmulator();
  const given = await received(emulator, notification);
  return failure(readNotification(clientOf(emulator, options), change(given)));
}

export async function merchantKeys(): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const pem = credentials.pay.privateKey.replace(/-----[A-Z ]+-----|\s/g, "");
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const bytes = Uint8Array.from(atob(pem), (c) => c.charCodeAt(0));
  const privateKey = await crypto.subtle.importKey("pkcs8", bytes, algorithm, true, ["sign"]);
  const { n, e } = (await crypto.subtle.exportKey("jwk", privateKey)) as { n: string; e: string };
  const jwk = { kty: "RSA", n, e };
  return {
    privateKey,
    publicKey: await crypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]),
  };
}
