// A platform certificate that was given by hand and has expired: everything that meets it says so, and when.

import { credentials } from "@wechat-edge/emulator";
import { expect, it } from "vitest";
import { makeCertificate, signedReply } from "../../../../../test/support/certificate.ts";
import { failure } from "../../../../../test/support/mp.ts";
import { payRequest } from "../../../src/index.ts";
import { checkPayClient } from "../../../src/pay-doctor.ts";
import { readNotification } from "../../../src/pay-notifications/index.ts";
import { merchantOf, NOW, SERIAL } from "./wechat-pay.ts";

const DAY = 86_400_000;
const EXPIRED = `expired on ${new Date(NOW - DAY).toISOString()} (this machine's clock says ${new Date(NOW).toISOString()})`;
const [publicKey] = credentials.pay.platformKeys;
const beside = publicKey === undefined ? [] : [publicKey];

async function merchantWith(
  others: readonly { platformKeyId: string; key: string }[],
  apiV3Key?: string,
) {
  const expired = { platformKeyId: SERIAL, key: await makeCertificate(NOW, { until: NOW - DAY }) };
  return merchantOf({}, { apiV3Key, platformKeys: [expired, ...others] });
}

/** The doctor's line about the given keys. */
async function lineOf(pay: Parameters<typeof checkPayClient>[0]) {
  const { checks } = await checkPayClient(pay);
  return checks.find((check) => check.name === "platform-keys");
}

it.each([
  ["alone", []],
  ["beside the public key", beside],
])("%s: a reply that it signed, and the doctor", async (_, others) => {
  const { pay } = await merchantWith(others);
  expect(await lineOf(pay)).toMatchObject({
    state: "failed",
    code: "platform-keys-expired",
    found: `platformKeys ${SERIAL} is a certificate that ${EXPIRED}.`,
  });
  const code = others.length === 0 ? "ERR_KEY" : "ERR_SIGNATURE";
  expect(await failure(payRequest(pay, { method: "GET", path: "/v3/x" }))).toMatchObject({
    code,
    message: expect.stringContaining(EXPIRED),
  });
});

it("a notification that it signed", async () => {
  const { pay } = await merchantWith([], credentials.pay.apiV3Key);
  const { headers, body } = await signedReply(NOW, "{}");
  const raw = { headers, body: await new Response(body).text() };
  expect(await failure(readNotification(pay, raw))).toMatchObject({
    reason: "unknown-serial",
    message: expect.stringContaining(EXPIRED),
  });
});

it("that signs nothing any more is no fault of a client that has another key", async () => {
  const { pay, wechat } = await merchantWith([
    { platformKeyId: "5A", key: await makeCertificate(NOW, { serialNo: "5A" }) },
  ]);
  wechat.listSigner = { serial: "5A" };
  expect(await lineOf(pay)).toMatchObject({ code: "platform-keys-verified" });
});

it.each([
  [{ from: NOW + DAY }, `is not valid before ${new Date(NOW + DAY).toISOString()}`],
  [{ validity: [] }, "has dates that cannot be read"],
])("%j: what is wrong with another", async (options, why) => {
  const platformKeys = [{ platformKeyId: SERIAL, key: await makeCertificate(NOW, options) }];
  const { pay } = merchantOf({}, { apiV3Key: undefined, platformKeys });
  expect((await lineOf(pay))?.found).toContain(why);
});
