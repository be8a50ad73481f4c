// PEM, DER and base64 of keys and certificates, and lists of certificates that WeChat Pay sealed.

import { credentials } from "@wechat-edge/emulator";
import { decryptCertificates } from "../../../packages/core/src/pay/keys/certificates.ts";
import { partsOf, readDer } from "../../../packages/core/src/pay/keys/der.ts";
import { merchantKey, platformRsaKey } from "../../../packages/core/src/pay/keys/key.ts";
import { keyData } from "../../../packages/core/src/pay/keys/key-kind.ts";
import { TENPAY } from "../../../packages/core/src/pay/keys/platform-certificate.ts";
import {
  merchantCertificate,
  merchantPrivateKey,
  platformCertificate,
  platformCertificateSerialNo,
  platformPublicKey,
} from "../../../packages/emulator/src/demo/keys.ts";
import { aesGcmEncrypt } from "../../../packages/emulator/src/pay/aes-gcm.ts";
import { fuzzTarget, must, outcomeOf } from "../fuzz-target.ts";
import { mutatedBytes, mutatedJson, mutatedText } from "../mutations.ts";

const pems = [merchantPrivateKey, merchantCertificate, platformCertificate, platformPublicKey];
const derOf = (pem: string): Uint8Array =>
  new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64"));
const ders = [
  ...pems.map(derOf),
  // Shapes of suites of broken DER: no length, lengths of lengths, lengths of 126 bytes, nothing in it, nested without end.
  Uint8Array.of(0x30, 0x80),
  Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x30, 0xfe, ...Array.from({ length: 126 }, () => 0xff)),
  Uint8Array.of(0x30, 0xff),
  Uint8Array.of(0x30, 0x00),
  Uint8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0x30 : 0x80)),
  Uint8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0x02 : 0x00)),
];
const armour = [
  "-----BEGIN ",
  "-----END ",
  "PRIVATE KEY-----",
  "CERTIFICATE-----",
  "-----",
  "\\n",
  "\\r\\n",
  "%2B",
  "\\u003d",
  "====",
  "Proc-Type: 4,ENCRYPTED\n",
];
const texts = [
  ...pems,
  pems.join(""),
  pems[0]?.replaceAll("\n", "\\n") ?? "",
  Buffer.from(pems[2] ?? "").toString("base64"),
  derOf(platformPublicKey).toString(),
];
const keyText = mutatedText(texts, armour);
const keyBytes = mutatedBytes([
  ...ders,
  ...texts.map((text) => new Uint8Array(Buffer.from(text, "utf16le"))),
  ...texts.map((text) => new Uint8Array(Buffer.from(text))),
]);
const codes = ["ERR_KEY"];

const { apiV3Key } = credentials.pay;
const opens = { apiV3Key, issuer: TENPAY };
const entry = {
  serial_no: platformCertificateSerialNo,
  effective_time: "2025-11-30T16:00:00+08:00",
  expire_time: "2030-11-29T16:00:00+08:00",
  encrypt_certificate: {
    algorithm: "AEAD_AES_256_GCM",
    nonce: "849927e8de6f",
    associated_data: "certificate",
    ciphertext: await aesGcmEncrypt(apiV3Key, "849927e8de6f", "certificate", platformCertificate),
  },
};

export const keyTargets = [
  fuzzTarget("DER", 3000, mutatedBytes(ders), (der) => {
    const outer = readDer(der);
    must(outer === undefined || outer.bytes.length <= der.length, "Read beyond the end.");
    if (outer !== undefined) {
      const parts = partsOf(outer);
      const inside = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
      must(inside <= outer.content.length, "The parts are longer than the whole.");
    }
    const { serial = "" } = keyData(der) ?? {};
    must(/^[\dA-F]*$/.test(serial), `The serial number is ${serial}.`);
  }),
  fuzzTarget("keys as texts", 800, keyText, async (text) => {
    await outcomeOf(() => merchantKey(text), codes);
    await outcomeOf(() => platformRsaKey(text, "PUB_KEY_ID_1"), codes);
  }),
  fuzzTarget("keys as bytes", 800, keyBytes, async (bytes) => {
    await outcomeOf(() => merchantKey(bytes), codes);
    await outcomeOf(() => platformRsaKey(bytes, "PUB_KEY_ID_1"), codes);
  }),
  fuzzTarget("keys of broken DER, as WebCrypto takes them", 60, keyBytes, async (bytes) => {
    await outcomeOf(() => merchantKey(bytes).load(), codes);
    await outcomeOf(() => platformRsaKey(bytes, "PUB_KEY_ID_1").load(), codes);
  }),
  fuzzTarget(
    "a list of certificates",
    200,
    mutatedJson([{ data: [entry] }, { data: null }]),
    async (list) => {
      const outcome = await outcomeOf(
        () => decryptCertificates(list as Record<string, unknown>, opens),
        ["ERR_REPLY", "ERR_KEY"],
      );
      if (!("value" in outcome)) return;
      const ids = outcome.value.map(({ platformKeyId }) => platformKeyId.replace(/^0+/, ""));
      must(
        ids.every((id) => id === platformCertificateSerialNo),
        `Took ${ids.join(", ")} for a certificate of WeChat Pay.`,
      );
    },
  ),
  fuzzTarget(
    "what is sealed in a list of certificates",
    100,
    mutatedText([platformCertificate], armour),
    async (pem) => {
      const ciphertext = await aesGcmEncrypt(apiV3Key, "849927e8de6f", "certificate", pem);
      const { encrypt_certificate } = entry;
      const one = { ...entry, encrypt_certificate: { ...encrypt_certificate, ciphertext } };
      const found = await outcomeOf(
        () => decryptCertificates({ data: [one] }, opens),
        ["ERR_REPLY", "ERR_KEY"],
      );
      if ("value" in found)
        for (const { key } of found.value) await outcomeOf(() => key.load(), codes);
    },
  ),
];
