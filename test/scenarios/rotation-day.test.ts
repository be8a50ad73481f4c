// A day of virtual time in the life of a merchant: 1,000 uploads, two rotations of the platform
// certificate, and the switch from certificates to the public key.

import { readFile } from "node:fs/promises";
import { createPayClient } from "@wechat-edge/core";
import { createEmulator, credentials, type Fault } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { expect, it } from "vitest";

const UPLOADS = 1000;
const HOUR = 3_600_000;
/** Uploads come in pairs, three seconds apart. */
const WITHIN_PAIR = 3000;
const BETWEEN_PAIRS = (24 * HOUR) / (UPLOADS / 2) - WITHIN_PAIR;

/** Replies that must be refused. */
const FORGERIES: readonly Fault["kind"][] = [
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
  "tampered",
];

it("a day with two rotations and a switch to the public key: nothing rejected or accepted wrongly", async () => {
  const start = Date.UTC(2026, 10, 22);
  let time = start;
  const now = () => time;
  const emulator = createEmulator({ now, storage: "digests" });
  const { control } = emulator;
  const { platform } = control;
  platform.setMode("certificates");
  const { mchid, serialNo, privateKey, apiV3Key, platformKeys } = credentials.pay;
  const publicKeys = platformKeys.filter(({ platformKeyId }) =>
    platformKeyId.startsWith("PUB_KEY_ID_"),
  );
  const certificatesAlone = { mchid, serialNo, privateKey, apiV3Key, now, fetch: emulator.fetch };
  const bytes = await readFile(new URL("../../examples/media/bad/no-extension", import.meta.url));
  const picture = new File([bytes], "licence.jpg");

  const first = platform.certificates().find(({ signing }) => signing)?.platformKeyId ?? "";
  let second = "";
  let third = "";
  /** What WeChat does at each hour of the day. */
  const calendar: Record<number, () => void> = {
    1: () => {
      second = platform.announce();
    },
    4: () => platform.alternate(true),
    6: () => {
      platform.alternate(false);
      platform.activate(second);
    },
    8: () => platform.retire(first),
    10: () => {
      third = platform.announce();
    },
    12: () => platform.activate(third),
    13: () => platform.retire(second),
    15: () => platform.setMode("both"),
    16: () => platform.setPublicKeyShare(0.1),
    18: () => platform.setPublicKeyShare(0.5),
    20: () => platform.setPublicKeyShare(1),
  };

  let pay = createPayClient({ ...certificatesAlone, retry: false });
  const serials = new Map<string, number>();
  const withBothKinds = () =>
    createPayClient({
      ...certificatesAlone,
      platformKeys: publicKeys,
      retry: false,
      // The client has the public key, but does not ask WeChat Pay to use it yet.
      fetch(input, init) {
        const headers = new Headers(init?.headers);
        headers.delete("Wechatpay-Serial");
        return emulator.fetch(input, { ...init, headers });
      },
      onAttempt: ({ operation, platformKeyId = "none" }) => {
        if (operation === "uploadImage")
          serials.set(platformKeyId, (serials.get(platformKeyId) ?? 0) + 1);
      },
    });

  const wronglyRejected: unknown[] = [];
  const wronglyAccepted: string[] = [];
  let forged = 0;
  for (let i = 0; i < UPLOADS; i++) {
    const hour = Math.floor((time - start) / HOUR);
    if (calendar[hour] !== undefined) {
      if (hour === 15) pay = withBothKinds();
      calendar[hour]();
      delete calendar[hour];
    }
    const isForged = [6, 7].includes(i % 10);
    const forgery = isForged ? FORGERIES[Math.floor(i / 10) % FORGERIES.length] : undefined;
    if (forgery !== undefined) {
      forged += 1;
      control.faults.add({ kind: forgery, match: { filename: "licence.jpg" } } as Fault);
    }
    const outcome = await uploadImage(pay, picture).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (forgery === undefined && outcome !== undefined) wronglyRejected.push([hour, outcome]);
    if (forgery !== undefined && outcome === undefined) wronglyAccepted.push(forgery);
    time += i % 2 === 0 ? WITHIN_PAIR : BETWEEN_PAIRS;
  }

  expect(wronglyRejected).toEqual([]);
  expect(wronglyAccepted).toEqual([]);
  expect(forged).toBe(200);
  expect(calendar).toEqual({});
  expect(serials.size).toBeGreaterThanOrEqual(2);
  expect(serials.get(publicKeys[0]?.platformKeyId ?? "")).toBeGreaterThan(100);

  const downloads = control.journal
    .entries()
    .filter(({ path }) => path === "/v3/certificates")
    .map((entry) => entry.time);
  // Two in the first client's life by age, two for the rotations, the second client's own, and one
  // for each of the 20 pairs of unknown serials that were sent on purpose.
  expect(downloads.length).toBeLessThanOrEqual(2 + 2 + 1 + 20);
  const gaps = downloads.slice(1).map((at, i) => at - (downloads[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000);
}, 120_000);
