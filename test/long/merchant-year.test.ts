// A year of virtual time in the life of a merchant: certificates alone, a new certificate, the public key applied for,
// the days of the grey scale, the switch, the end of the certificates. Uploads, calls with an encrypted field and
// notifications all along, and forgeries of each among them. A program that nobody changed runs beside.

import {
  createPayClient,
  decryptSensitive,
  encryptSensitive,
  type PayClient,
  payRequest,
  SignatureError,
} from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials, type Emulator, type Fault } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadImage } from "@wechat-edge/pay-media";
import { expect, it } from "vitest";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 365;
const START = Date.UTC(2026, 0, 5);

/** Shares of notifications that are signed with the public key, on the seven days of the grey scale (reported). */
const GREY_SCALE = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1];

const PHASES = {
  certificates: 0,
  "public key applied for": 120,
  "grey scale": 180,
  switched: 187,
  "certificates retired": 240,
} as const;
type Phase = keyof typeof PHASES;

const REPLY_FORGERIES = [
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
  "tampered",
  "probe",
] as const satisfies readonly Fault["kind"][];
type NotificationFault = NonNullable<Parameters<Emulator["control"]["notify"]>[0]["fault"]>;
const NOTIFICATION_FORGERIES: readonly NotificationFault[] = [...REPLY_FORGERIES, "rewritten"];

const { mchid, serialNo, privateKey, apiV3Key, platformKeys } = credentials.pay;
const publicKeys = platformKeys.filter(({ platformKeyId }) => platformKeyId.startsWith("PUB"));
const picture = sampleFile("licence.jpg");

it("a merchant's year: nothing lost, nothing accepted wrongly", async () => {
  let time = START;
  const now = (): number => time;
  const { fetch, control } = createEmulator({ now, storage: "digests" });
  const certificateCache = new Map<string, string>();
  const clientWith = (keys: object): PayClient =>
    createPayClient({
      mchid,
      serialNo,
      privateKey,
      apiV3Key,
      now,
      fetch,
      retry: false,
      certificateCache,
      ...keys,
    });
  const unchanged = clientWith({});
  const { platform } = control;
  platform.setMode("certificates");

  const first = platform.certificates()[0]?.platformKeyId ?? "";
  const calendar: Readonly<Record<number, () => void>> = {
    60: () => void platform.announce(),
    62: () => platform.alternate(true),
    63: () => platform.alternate(false),
    64: () => platform.activate(),
    70: () => platform.retire(first),
    ...Object.fromEntries(
      GREY_SCALE.map((share, day) => [
        PHASES["grey scale"] + day,
        () => {
          platform.setMode("both");
          platform.setPublicKeyShare(share);
        },
      ]),
    ),
    [PHASES["certificates retired"]]: () => platform.setMode("public-key"),
  };

  const counts = new Map<Phase, Count>();
  let pay = clientWith({});
  for (let day = 0; day < DAYS; day++) {
    time = START + day * DAY;
    calendar[day]?.();
    const phase = phaseOf(day);
    const hasPublicKey = day >= PHASES["public key applied for"];
    // A new process every day, as Workers are.
    pay = clientWith(hasPublicKey ? { platformKeys: publicKeys } : {});
    const count = counts.get(phase) ?? newCount();
    counts.set(phase, count);
    await aDay({ day, pay, control, count, pass: (ms) => (time += ms) });
    time += HOUR;
    await countOld(unchanged, count);
  }

  console.log(printed(counts));
  const all = [...counts.values()];
  expect(all.flatMap(({ lost }) => lost)).toEqual([]);
  expect(all.flatMap(({ wronglyAccepted }) => wronglyAccepted)).toEqual([]);
  const sum = (name: "uploads" | "encrypted" | "notifications" | "forged"): number =>
    all.reduce((total, count) => total + count[name], 0);
  expect([sum("uploads"), sum("encrypted"), sum("notifications")]).toEqual([
    2 * DAYS,
    DAYS,
    2 * DAYS,
  ]);
  expect(sum("forged")).toBe(3 * DAYS);
  expect(control.payMedia.length).toBeGreaterThanOrEqual(2 * DAYS);
  // The program that nobody changed worked until the switch, and says since then what is missing.
  expect(counts.get("certificates")?.old.failed).toEqual([]);
  expect(counts.get("public key applied for")?.old.failed).toEqual([]);
  const failures = counts.get("certificates retired")?.old.failed ?? [];
  expect(failures.length).toBe(DAYS - PHASES["certificates retired"]);
  expect(failures.filter((message) => !/public key/.test(message))).toEqual([]);
}, 120_000);

interface Count {
  uploads: number;
  encrypted: number;
  notifications: number;
  forged: number;
  readonly lost: unknown[];
  readonly wronglyAccepted: string[];
  readonly signers: Set<string>;
  readonly old: { uploads: number; readonly failed: string[] };
}

function newCount(): Count {
  return {
    uploads: 0,
    encrypted: 0,
    notifications: 0,
    forged: 0,
    lost: [],
    wronglyAccepted: [],
    signers: new Set(),
    old: { uploads: 0, failed: [] },
  };
}

function phaseOf(day: number): Phase {
  const begun = Object.entries(PHASES).filter(([, start]) => day >= start);
  return begun.at(-1)?.[0] as Phase;
}

interface Day {
  readonly day: number;
  readonly pay: PayClient;
  readonly control: Emulator["control"];
  readonly count: Count;
  readonly pass: (ms: number) => void;
}

async function aDay(today: Day): Promise<void> {
  const { day, pay, control, pass } = today;
  await kept(today, "uploads", () => uploadImage(pay, picture));
  pass(10 * 60_000);
  await kept(today, "encrypted", () => apply(pay, `1900026201_${day}`));
  pass(10 * 60_000);
  await kept(today, "notifications", () => notification(today));
  await refused(today, `reply ${kindOf(REPLY_FORGERIES, day)}`, async () => {
    control.faults.add({
      kind: kindOf(REPLY_FORGERIES, day),
      match: { path: "/v3/merchant/media/upload" },
    });
    return uploadImage(pay, picture);
  });
  pass(10 * 60_000);
  const fault = kindOf(NOTIFICATION_FORGERIES, day);
  await refused(today, `notification ${fault}`, () => notification(today, fault));
  await refused(today, "a notification of yesterday", () => replayed(today));
  pass(HOUR);
  await kept(today, "uploads", () => uploadImage(pay, picture));
  await kept(today, "notifications", () => notification(today));
  control.faults.clear();
  control.journal.clear();
}

async function kept(
  { count, day }: Day,
  name: "uploads" | "encrypted" | "notifications",
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
    count[name] += 1;
  } catch (error) {
    count.lost.push({ day, name, error });
  }
}

/** What is forged must be refused, and for its signature. */
async function refused(
  { count, day }: Day,
  what: string,
  work: () => Promise<unknown>,
): Promise<void> {
  count.forged += 1;
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SignatureError))
    count.wronglyAccepted.push(`day ${day}: ${what}: ${String(error)}`);
}

function kindOf<Kind>(kinds: readonly Kind[], day: number): Kind {
  const kind = kinds[day % kinds.length];
  if (kind === undefined) throw new Error("There are no kinds.");
  return kind;
}

/** An application with an encrypted name, and the name as WeChat Pay encrypts it for the merchant. */
async function apply(pay: PayClient, business_code: string): Promise<void> {
  const { media_id } = await uploadImage(pay, picture);
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, "张三");
  const body = {
    business_code,
    contact_info: { contact_name: ciphertext },
    subject_info: { business_license_info: { license_copy: media_id } },
  };
  const path = "/v3/applyment4sub/applyment/";
  await payRequest(pay, { method: "POST", path, body }, { platformKeyId });
  const { contact_info } = await payRequest<{ contact_info: { contact_name: string } }>(pay, {
    method: "GET",
    path: `/v3/applyment4sub/applyment/business_code/${business_code}`,
  });
  expect(await decryptSensitive(pay, contact_info.contact_name)).toBe("张三");
}

interface Sent {
  readonly headers: Headers;
  readonly body: string;
}

const sentYesterday = new WeakMap<Emulator["control"], Sent>();

/** Sends a notification, and reads it as the merchant's server does. */
async function notification(
  { pay, control, count }: Day,
  fault?: NotificationFault,
): Promise<void> {
  let refusal: Error | undefined = new Error("Nothing came.");
  await control.notify({
    ...(fault !== undefined && { fault }),
    schedule: [],
    async to(request) {
      const sent = { headers: new Headers(request.headers), body: await request.text() };
      if (fault === undefined && !sentYesterday.has(control)) sentYesterday.set(control, sent);
      if (fault === undefined) count.signers.add(sent.headers.get("wechatpay-serial") ?? "none");
      refusal = await readNotification(pay, sent).then(
        () => undefined,
        (error: Error) => error,
      );
      return new Response(null, { status: refusal === undefined ? 204 : 401 });
    },
  });
  if (refusal !== undefined) throw refusal;
}

/** Sends the first notification of the year again, as somebody who saw it could. */
async function replayed({ pay, control }: Day): Promise<void> {
  const sent = sentYesterday.get(control);
  if (sent === undefined) throw new Error("No notification was kept.");
  await readNotification(pay, sent);
}

async function countOld(pay: PayClient, { old }: Count): Promise<void> {
  try {
    await uploadImage(pay, picture);
    old.uploads += 1;
  } catch (error) {
    old.failed.push(String(error));
  }
}

function printed(counts: ReadonlyMap<Phase, Count>): string {
  const lines = Array.from(counts, ([phase, count]) => {
    const { uploads, encrypted, notifications, forged, lost, wronglyAccepted, signers, old } =
      count;
    return `${phase}: ${uploads} uploads, ${encrypted} encrypted calls, ${notifications} notifications, ${lost.length} lost; ${forged} forgeries, ${wronglyAccepted.length} accepted; ${signers.size} keys signed notifications; the unchanged program: ${old.uploads} uploads, ${old.failed.length} failed`;
  });
  return lines.join("\n");
}
