import { createPayClient, type PayClientOptions } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { expect } from "vitest";

/** So many that a step of quadratic time takes longer than a test may. */
const LONG = 200_000;

/** What is repeated to make a text as long. */
export const longTexts: Record<string, string> = {
  "a dash": "-",
  "a BEGIN and dashes": `-BEGIN A-${"-".repeat(LONG)}`,
  "BEGIN alone": "-----BEGIN PRIVATE KEY-----\n",
  "BEGIN without dashes": "BEGIN A",
  "short blocks": "-BEGIN A-\n-END A-\n",
  "a backslash": "\\",
  "an escaped line end": "\\r",
  "blanks inside": `x${" ".repeat(LONG)}x`,
  "line ends inside": `${"A".repeat(70)}${"\n".repeat(LONG)}!`,
  "quotes inside": `x${"'".repeat(LONG)}x`,
  "an equals sign": "A=",
  PUB_KEY_ID: "PUB_KEY_ID_",
  "a dot": ".",
  "a zero": "0",
  "base64 of nothing": "MIIA",
  colons: "a:",
};

const long = (text: string): string => text.repeat(Math.ceil(LONG / text.length));

/** Makes sure that a long text is refused in the place of each key and id. */
export function expectTextRefused(text: string): void {
  const value = long(text);
  const [platformKey] = credentials.pay.platformKeys;
  const places: Record<string, Partial<PayClientOptions>> = {
    mchid: { mchid: value },
    serialNo: { serialNo: value },
    privateKey: { privateKey: value },
    bytes: { privateKey: new TextEncoder().encode(value) },
    apiV3Key: { apiV3Key: value },
    platformKey: { platformKeys: [{ platformKeyId: "PUB_KEY_ID_01", key: value }] },
    platformKeyId: { platformKeys: [{ platformKeyId: value, key: platformKey?.key ?? "" }] },
  };
  for (const [place, options] of Object.entries(places)) {
    // A serial number may have any length.
    if (place === "serialNo" && text === "0") continue;
    if (place === "platformKeyId" && text === "PUB_KEY_ID_") continue;
    expect(() => createPayClient({ ...credentials.pay, ...options })).toThrow();
  }
}
