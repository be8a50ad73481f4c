import { createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorityPrivateKey } from "../../src/demo/certificate-authority.ts";
import { createEmulator, credentials, type Fault } from "../../src/index.ts";
import { type CallOutcome, call, type Entry, open, openAll, signedBy } from "./signed-call.ts";

const PATH = "/v3/certificates";
const PATHS = [PATH, "/v3/global/certificates", "/hk/v3/certificates"];
const [publicKey, first] = credentials.pay.platformKeys as [
  { platformKeyId: string; key: string },
  { platformKeyId: string; key: string },
];

/** The key of a certificate: each is issued with the dates of its emulator's clock. */
const keyOf = (pem = ""): string =>
  String(new X509Certificate(pem).publicKey.export({ type: "spki", format: "pem" }));
const entryAt = ({ json }: CallOutcome, at: number): Entry => json.data.at(at) as Entry;

describe("the list of certificates", () => {
  it.each(PATHS)("%s can be opened and is signed by what is in it", async (path) => {
    const { fetch, control } = createEmulator();
    const outcome = await call(fetch, path);
    expect(outcome.status).toBe(200);
    const opened = openAll(outcome);
    expect([...opened.keys()]).toEqual([first.platformKeyId]);
    expect(keyOf(opened.get(first.platformKeyId))).toBe(keyOf(first.key));
    expect(signedBy(outcome, opened.get(outcome.serial ?? "") ?? "")).toBe(true);
    expect(outcome.headers.get("request-id")).toBeTruthy();
    const [entry] = control.journal.entries();
    expect(entry).toMatchObject({
      method: "GET",
      path,
      mchid: credentials.pay.mchid,
      status: 200,
    });
  });

  it("has the documented fields, with times in +08:00 of the emulator's clock", async () => {
    const now = Date.parse("2031-05-06T07:08:09.123Z");
    const { fetch } = createEmulator({ now: () => now });
    const { json } = await call(fetch, PATH, { timestamp: Math.floor(now / 1000) });
    expect(json).toEqual({
      data: [
        {
          serial_no: first.platformKeyId,
          effective_time: "2030-05-06T15:08:09+08:00",
          expire_time: "2035-05-05T15:08:09+08:00",
          encrypt_certificate: {
            algorithm: "AEAD_AES_256_GCM",
            nonce: expect.stringMatching(/^[\w]{12}$/),
            associated_data: "certificate",
            ciphertext: expect.stringMatching(/^[\w+/]+=*$/),
          },
        },
      ],
    });
  });

  it("is sealed with a new nonce each time", async () => {
    const { fetch } = createEmulator();
    const sealed = async () => (await call(fetch, PATH)).json.data[0]?.encrypt_certificate;
    const [one, two] = [await sealed(), await sealed()];
    expect(one?.nonce).not.toBe(two?.nonce);
    expect(one?.ciphertext).not.toBe(two?.ciphertext);
  });

  it("is sealed with the merchant's own APIv3 key", async () => {
    const apiV3Key = "k".repeat(32);
    const mchid = "1900000109";
    const { fetch, control } = createEmulator({ merchants: [{ mchid, apiV3Key }] });
    const entry = entryAt(await call(fetch, PATH, { mchid }), 0);
    expect(keyOf(open(entry, apiV3Key))).toBe(keyOf(first.key));
    expect(() => open(entry)).toThrow(/authenticate/);
    control.seed({ merchants: [{ mchid, dailyLimit: 1 }] });
    const again = await call(fetch, PATH, { mchid });
    expect(keyOf(open(entryAt(again, 0), apiV3Key))).toBe(keyOf(first.key));
    const short = { merchants: [{ mchid, apiV3Key: "short" }] };
    expect(() => control.seed(short)).toThrow(
      "apiV3Key is a string of 5 characters; it must be 32 bytes of UTF-8.",
    );
  });

  it.each([
    ["?algorithm_type=RSA", 200, 1],
    ["?algorithm_type=ALL", 200, 1],
    ["?algorithm_type=SM2", 200, 0],
  ])("%s is %i with %i", async (query, status, count) => {
    const outcome = await call(createEmulator().fetch, PATH + query);
    expect([outcome.status, outcome.json.data.length]).toEqual([status, count]);
  });

  it("refuses another algorithm", async () => {
    const { status, json } = await call(createEmulator().fetch, `${PATH}?algorithm_type=DSA`);
    expect([status, json.code]).toEqual([400, "PARAM_ERROR"]);
    expect(json.detail).toMatchObject({ field: "algorithm_type", location: "query" });
  });

  it("minds no Wechatpay-Serial it does not know, and follows one it does", async () => {
    const { fetch } = createEmulator();
    const headers = (serial: string) => ({ headers: { "wechatpay-serial": serial } });
    expect((await call(fetch, PATH, headers("0".repeat(40)))).serial).toBe(first.platformKeyId);
    const asked = await call(fetch, PATH, headers(publicKey.platformKeyId));
    expect(asked.serial).toBe(publicKey.platformKeyId);
    expect(signedBy(asked, publicKey.key)).toBe(true);
  });

  it("answers 405 to another method", async () => {
    const posted = await call(createEmulator().fetch, PATH, { method: "POST", body: "{}" });
    expect([posted.status, posted.text, posted.headers.get("allow")]).toEqual([405, "", "GET"]);
  });
});

describe("a download that is not signed well", () => {
  it("shows what the server saw, which a proxy may have rewritten", async () => {
    const { fetch, control } = createEmulator();
    const path = `${PATH}?algorithm_type=RSA`;
    const { status, json } = await call(fetch, path, { signedPath: `/wechat${path}` });
    expect([status, json.code]).toEqual([401, "SIGN_ERROR"]);
    const { sign_information: shown } = json.detail as {
      sign_information: {
        method: string;
        url: string;
        truncated_sign_message: string;
        sign_message_length: number;
      };
    };
    expect([shown.method, shown.url]).toEqual(["GET", path]);
    expect(shown.truncated_sign_message).toMatch(
      /^GET\n\/v3\/certificates\?algorithm_type=RSA\n\d{10}\n[0-9a-f]{32}\n\n$/,
    );
    expect(shown.sign_message_length).toBe(shown.truncated_sign_message.length);
    expect(control.journal.entries()[0]).toMatchObject({ status: 401, code: "SIGN_ERROR" });
  });

  it("is verified over an empty body", async () => {
    const outcome = await call(createEmulator().fetch, PATH, { signedBody: "{}" });
    expect(outcome.status).toBe(401);
    expect(outcome.headers.has("wechatpay-signature")).toBe(false);
  });

  it("has the documented text in the documented form", async () => {
    const { fetch } = createEmulator({ signErrorForm: "documented" });
    const { json } = await call(fetch, PATH, { signedBody: "x" });
    expect(json.message).toBe("错误的签名，导致验签失败。");
  });

  it("of a merchant without an APIv3 key has the documented text", async () => {
    const { fetch, control } = createEmulator();
    const { mchid } = credentials.pay;
    control.seed({ merchants: [{ mchid, certificateState: "no-api-v3-key" }] });
    const { status, json } = await call(fetch, PATH);
    expect([status, json.message]).toEqual([401, "商户未设置APIv3密钥。"]);
  });
});

describe("faults of the list", () => {
  const spoilt = async (fault: Fault) => {
    const { fetch, control } = createEmulator();
    control.platform.announce();
    control.faults.add(fault);
    const outcome = await call(fetch, PATH);
    expect(control.faults.list()).toEqual([]);
    expect(control.journal.entries()[0]?.fault).toBe(fault.kind);
    const next = await call(fetch, PATH);
    expect(openAll(next).size).toBe(2);
    expect(signedBy(next, first.key)).toBe(true);
    return outcome;
  };

  it("flipped-tag: one bit of the newest, under a good signature", async () => {
    const outcome = await spoilt({ kind: "certificates-wrong-tag" });
    const fresh = entryAt(outcome, 1);
    expect(signedBy(outcome, first.key)).toBe(true);
    expect(keyOf(open(entryAt(outcome, 0)))).toBe(keyOf(first.key));
    expect(() => open(fresh)).toThrow(/authenticate/);
    const bytes = Buffer.from(fresh.encrypt_certificate.ciphertext, "base64");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const mended = { ...fresh.encrypt_certificate, ciphertext: bytes.toString("base64") };
    expect(open({ ...fresh, encrypt_certificate: mended })).toMatch(/^-----BEGIN CERTIFICATE/);
  });

  it("shuffled: newest first", async () => {
    const outcome = await spoilt({ kind: "certificates-reversed" });
    const serials = [...openAll(outcome).keys()];
    expect(serials).toHaveLength(2);
    expect(serials.at(-1)).toBe(first.platformKeyId);
  });

  it("own-reply-only: signed with one that is listed here alone", async () => {
    const outcome = await spoilt({ kind: "certificates-self-signed" });
    const opened = openAll(outcome);
    expect(opened.size).toBe(3);
    expect([...opened.keys()].at(-1)).toBe(outcome.serial);
    expect(signedBy(outcome, opened.get(outcome.serial ?? "") ?? "")).toBe(true);
    const { control } = createEmulator();
    for (let i = 0; i < 3; i++) expect(control.platform.announce()).not.toBe(outcome.serial);
  });

  it("own-reply-only: even to a client that asks for the public key", async () => {
    const { fetch, control } = createEmulator();
    control.faults.add({ kind: "certificates-self-signed" });
    const asked = await call(fetch, PATH, {
      headers: { "wechatpay-serial": publicKey.platformKeyId },
    });
    expect([first.platformKeyId, publicKey.platformKeyId]).not.toContain(asked.serial);
  });

  it("wrong-api-key: none of them opens", async () => {
    const { json } = await spoilt({ kind: "certificates-wrong-key" });
    expect(json.data).toHaveLength(2);
    for (const entry of json.data) expect(() => open(entry)).toThrow(/authenticate/);
  });

  it("certificates-garbage: the newest decrypts, but is not a certificate", async () => {
    const { json } = await spoilt({ kind: "certificates-garbage" });
    const [sound = "", garbage] = json.data.map((entry) => open(entry));
    expect(keyOf(sound)).toBe(keyOf(first.key));
    expect(garbage).toBe("This is no certificate.");
  });

  it("garbage-certificates: the newest has fields missing", async () => {
    const { json } = await spoilt({ kind: "certificates-garbage", form: "missing-fields" });
    const fields = json.data.map((entry) => Object.keys(entry).length);
    expect(fields).toEqual([4, 3]);
  });

  it("wait for a download", async () => {
    const { fetch, control } = createEmulator();
    control.faults.add({ kind: "certificates-wrong-key" });
    const path = "/v3/applyment4sub/applyment/business_code/none";
    expect((await call(fetch, path)).status).toBe(404);
    expect((await call(fetch, PATH, { signedBody: "x" })).status).toBe(401);
    expect(control.faults.list()).toHaveLength(1);
  });

  it("say what they take", () => {
    const { faults } = createEmulator().control;
    const fault = { kind: "certificates-garbage", form: "x" } as unknown as Fault;
    expect(() => faults.add(fault)).toThrow(/must be one of "not-a-certificate", "missing-fields"/);
  });
});

describe("the other faults on a download", () => {
  const faulty = async (fault: Fault) => {
    const pauses: number[] = [];
    const { fetch, control } = createEmulator({ sleep: async (ms) => void pauses.push(ms) });
    control.faults.add({ ...fault, match: { path: PATH } });
    const other = await call(fetch, "/v3/global/certificates");
    expect(signedBy(other, first.key)).toBe(true);
    return { pauses, outcome: await call(fetch, PATH) };
  };

  it.each([
    [{ kind: "status", status: 503 }, 503],
    [{ kind: "html" }, 502],
    [{ kind: "too-fast" }, 429],
  ] as [Fault, number][])("%o", async (fault, status) => {
    expect((await faulty(fault)).outcome.status).toBe(status);
  });

  it("delay", async () => {
    const { pauses, outcome } = await faulty({ kind: "delay", ms: 7 });
    expect([pauses, outcome.status]).toEqual([[7], 200]);
  });

  it("cut", async () => {
    await expect(faulty({ kind: "cut" })).rejects.toThrow(TypeError);
    await expect(faulty({ kind: "cut", at: "body" })).rejects.toThrow(TypeError);
  });

  it.each(["missing-signature", "wrong-signature", "stale", "probe", "tampered"] as const)(
    "%s",
    async (kind) => {
      const { outcome } = await faulty({ kind });
      expect(outcome.status).toBe(200);
      expect(outcome.json.data).toHaveLength(1);
      expect(signedBy(outcome, first.key)).toBe(kind === "stale");
    },
  );

  it("probe: not on the repetition", async () => {
    const { fetch, control } = createEmulator();
    control.faults.add({ kind: "probe", times: 0 });
    const good: boolean[] = [];
    for (let i = 0; i < 3; i++) good.push(signedBy(await call(fetch, PATH), first.key));
    expect(good).toEqual([false, true, false]);
  });
});

describe("the certificates", () => {
  const issuer = "C=CN\nO=Tenpay.com\nOU=Tenpay.com CA Center\nCN=Tenpay.com Root CA";
  const certificatesAt = async (now: number) => {
    const { fetch, control } = createEmulator({ now: () => now });
    for (let i = 0; i < 3; i++) control.platform.announce();
    const timestamp = Math.floor(now / 1000);
    const opened = [...openAll(await call(fetch, PATH, { timestamp }))];
    const listed = control.platform.certificates();
    return opened.map(([serialNo, pem], at) => ({
      serialNo,
      listed: listed[at],
      certificate: new X509Certificate(pem),
    }));
  };

  it("are four, each with its own serial number and key, from the CA of one name and key", async () => {
    const four = await certificatesAt(Date.UTC(2026, 10, 22));
    expect(
      new Set(four.map(({ certificate }) => certificate.publicKey.export({ format: "jwk" }).n))
        .size,
    ).toBe(4);
    const authority = createPublicKey(authorityPrivateKey);
    for (const { serialNo, certificate } of four) {
      expect(certificate.serialNumber).toBe(serialNo);
      expect(certificate.issuer).toBe(issuer);
      expect(certificate.subject).toContain("CN=Emulated platform certificate");
      expect(certificate.verify(authority)).toBe(true);
      expect(certificate.ca).toBe(false);
      expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    }
    const given = new X509Certificate(first.key);
    expect([given.issuer, given.verify(authority)]).toEqual([issuer, true]);
    expect(new Date(given.validTo).getUTCFullYear()).toBe(2050);
  });

  // Two digits of a year, four, and one before and one after the change.
  it.each([1970, 2020, 2026, 2044, 2046, 2050, 2051, 2099])(
    "have the listed dates in %i",
    async (year) => {
      for (const { listed, certificate } of await certificatesAt(Date.UTC(year, 5, 15, 8, 9, 10))) {
        expect(Date.parse(certificate.validFrom)).toBe(listed?.effectiveTime);
        expect(Date.parse(certificate.validTo)).toBe(listed?.expireTime);
      }
    },
  );
});
