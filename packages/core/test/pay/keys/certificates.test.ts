// One list of certificates, opened: what is wrong with it, in the words that the caller reads.

import { credentials } from "@wechat-edge/emulator";
import { beforeAll, describe, expect, it } from "vitest";
import { listEntry, makeCertificate, SERIAL } from "../../../../../test/support/certificate.ts";
import { failure } from "../../../../../test/support/mp.ts";
import type { JsonObject } from "../../../src/http/reply.ts";
import { decryptCertificates } from "../../../src/pay/keys/certificates.ts";
import { TENPAY } from "../../../src/pay/keys/platform-certificate.ts";
import { NOW } from "./wechat-pay.ts";

const NO_LIST = "The reply is not a list of platform certificates.";
const { apiV3Key } = credentials.pay;
const open = (answer: unknown, how = { apiV3Key, issuer: TENPAY }) =>
  decryptCertificates(answer as JsonObject, how);

interface Entry {
  serial_no: unknown;
  encrypt_certificate: Record<string, unknown>;
}
let entry: Entry;
beforeAll(async () => {
  entry = (await listEntry(await makeCertificate(NOW))) as Entry;
});
const sealed = (change: object) => ({
  data: [{ ...entry, encrypt_certificate: { ...entry.encrypt_certificate, ...change } }],
});

describe("a list of certificates", () => {
  it("has each by its serial number, in capitals", async () => {
    const small = { ...entry, serial_no: SERIAL.toLowerCase() };
    const ids = (await open({ data: [entry, small] })).map(({ platformKeyId }) => platformKeyId);
    expect(ids).toEqual([SERIAL, SERIAL]);
    expect(await open({ data: null })).toEqual([]);
    expect(await open({ data: [] })).toEqual([]);
    expect(await open({ " data ": [{ ...entry, "serial_no ": SERIAL }] })).toHaveLength(1);
  });

  it.each([
    ["no object", null],
    ["a text", "data"],
    ["without data", {}],
    ["of an object", { data: {} }],
    ["of nothing", { data: [null] }],
    ["of texts", { data: ["text"] }],
    ["without what is encrypted", { data: [{ serial_no: "A" }] }],
  ])("is none: %s", async (_, answer) => {
    expect(await failure(open(answer))).toMatchObject({
      code: "ERR_REPLY",
      status: 200,
      message: NO_LIST,
    });
  });

  it.each(["", 5, undefined, null])("is none where a field of an entry is %j", async (value) => {
    for (const answer of [
      sealed({ nonce: value }),
      sealed({ ciphertext: value }),
      { data: [{ ...entry, serial_no: value }] },
    ]) {
      expect(await failure(open(answer))).toMatchObject({ code: "ERR_REPLY", message: NO_LIST });
    }
  });

  it("is none where it says that its texts are something else's, or are no base64", async () => {
    for (const change of [{ associated_data: "transaction" }, { ciphertext: "*" }]) {
      const error = await failure(open(sealed(change)));
      expect(error).toMatchObject({ code: "ERR_REPLY", status: 200, message: NO_LIST });
    }
  });

  it("of another APIv3 key is a KeyError, with why", async () => {
    const other = "abcdefghijklmnopqrstuvwxyz012345";
    const error = await failure(open({ data: [entry] }, { apiV3Key: other, issuer: TENPAY }));
    expect(error).toMatchObject({ code: "ERR_KEY", cause: expect.any(Error) });
    expect(error.message).toBe(
      "apiV3Key does not decrypt the platform certificates: it differs from the one set in the merchant platform, or the reply was changed on the way.",
    );
  });

  it.each(["", "text", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"])(
    "is none where %j was encrypted",
    async (plain) => {
      const error = await failure(open({ data: [await listEntry(plain)] }));
      expect(error).toMatchObject({ code: "ERR_REPLY", status: 200, message: NO_LIST });
      expect(error.cause).toMatchObject({ code: "ERR_REPLY", message: NO_LIST });
    },
  );

  it("of another issuer names the certificate and the issuer", async () => {
    const error = await failure(open({ data: [entry] }, { apiV3Key, issuer: "Other CA" }));
    expect(error).toMatchObject({ code: "ERR_REPLY", status: 200, cause: { code: "ERR_KEY" } });
    expect(error.message).toBe(
      `The reply lists no platform certificate that can be used: The platform certificate ${SERIAL} is a certificate issued by "Tenpay.com Root CA", not by "Other CA". Pass WeChat Pay's platform certificate; if another CA issues yours, pass its name as certificateIssuer.`,
    );
  });
});
