// What the library makes of the gateway's answers.

import { createPayClient, PayApiError, SignatureError } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";

const { platformKeys, mchid, serialNo, privateKey } = credentials.pay;
const keys = { mchid, serialNo, privateKey };

const rejection = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a wrong signature", () => {
  it.each([
    ["the public key", platformKeys.slice(0, 1)],
    ["the certificate", platformKeys.slice(1)],
    ["both", platformKeys],
  ])("is noticed by a client that knows %s", async (_, known) => {
    const { fetch, control } = createEmulator();
    const pay = createPayClient({ ...keys, platformKeys: known, fetch });
    control.faults.add({ kind: "wrong-signature", times: 0 });
    expect(await rejection(uploadImage(pay, sampleFile("licence.jpg")))).toBeInstanceOf(
      SignatureError,
    );
  });
});

describe("an error", () => {
  it.each([
    [{ permissions: [] }, 403, "NO_AUTH"],
    [{ dailyLimit: 0 }, 429, "FREQUENCY_LIMIT_EXCEED"],
  ])("%o is told as it is, signed or not", async (limits, status, code) => {
    const { fetch } = createEmulator({ merchants: [{ mchid, ...limits }] });
    const pay = createPayClient({ ...credentials.pay, fetch, retry: false });
    const error = await rejection(uploadImage(pay, sampleFile("licence.jpg")));
    expect(error).toBeInstanceOf(PayApiError);
    expect(error).toMatchObject({ status, apiCode: code });
  });
});

it("a client of the demo credentials ignores what only other clients need", async () => {
  const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
  expect((await uploadImage(pay, sampleFile("licence.jpg"))).media_id).toHaveLength(107);
});
