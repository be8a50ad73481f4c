import {
  PayApiError,
  type PayClientOptions,
  SignatureError,
  type SignatureErrorReason,
} from "@wechat-edge/core";
import type { Fault } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { mediaFile, shorten } from "../media-file.ts";
import { emulatorClient, type RecordedClient, type Stage, showWith } from "../stage.ts";

const show = showWith(30);
const CLOCK_ERROR_MS = 6 * 60 * 1000;
const RETRY = { attempts: 3, minDelay: 50, maxDelay: 1000 };

const FORGERIES: readonly [label: string, fault: Fault, reason: SignatureErrorReason][] = [
  ["unsigned", { kind: "missing-signature" }, "missing"],
  ["signed with another key", { kind: "wrong-signature" }, "mismatch"],
  ["changed on the way", { kind: "tampered" }, "mismatch"],
  ["signed ten minutes ago", { kind: "stale" }, "stale"],
];

const OUTAGES: readonly [label: string, fault: Fault, statuses: (number | undefined)[]][] = [
  ["500 once", { kind: "system-error" }, [500, 200]],
  ["no reply once", { kind: "cut" }, [undefined, 200]],
  ["a probe signature once", { kind: "probe" }, [200, 200]],
];

/** Wrong credentials, a wrong clock, replies without a valid signature, and retries. */
export async function troubles(stage: Stage): Promise<number> {
  const { screen } = stage;

  screen.heading("Wrong credentials, wrong clock", "the error says what to look at");
  screen.progress("making another merchant's key");
  const mistakes: readonly [label: string, options: Partial<PayClientOptions>][] = [
    ["another private key", { privateKey: await otherPrivateKey() }],
    ["another serial number", { serialNo: "00112233445566778899AABBCCDDEEFF00112233" }],
    ["a clock 6 minutes slow", { now: () => Date.now() - CLOCK_ERROR_MS }],
  ];
  for (const [label, options] of mistakes) {
    const error = await upload(emulatorClient(stage, options));
    const isRight =
      error instanceof PayApiError && error.status === 401 && error.requestId !== undefined;
    show(stage, label, isRight, error);
  }

  screen.heading("Replies without a valid signature", "never taken as a success");
  for (const [label, fault, reason] of FORGERIES) {
    stage.emulator.control.faults.add(fault);
    const error = await upload(emulatorClient(stage, { retry: false }));
    show(stage, label, error instanceof SignatureError && error.reason === reason, error);
  }

  screen.heading("Retries", "WeChat Pay fails once; each attempt is signed anew");
  for (const [label, fault, statuses] of OUTAGES) {
    stage.emulator.control.faults.add(fault);
    const client = emulatorClient(stage, { retry: RETRY });
    const result = await upload(client);
    const seen = client.attempts.map(({ status }) => status);
    const isRight = typeof result === "string" && String(seen) === String(statuses);
    const tries = seen.map((status) => status ?? "no reply").join(" → ");
    const outcome = typeof result === "string" ? `${tries}, media_id ${result}` : result;
    show(stage, label, isRight, outcome);
  }
  return mistakes.length + FORGERIES.length + OUTAGES.length;
}

/** Returns the media_id, or the error. */
function upload({ pay }: RecordedClient): Promise<unknown> {
  return uploadImage(pay, mediaFile("licence.jpg")).then(
    ({ media_id }) => shorten(media_id, 16),
    (error: unknown) => error,
  );
}

async function otherPrivateKey(): Promise<CryptoKey> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
  return (await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"])).privateKey;
}
