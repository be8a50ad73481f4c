// What is promised of WeChat Pay's keys and certificates.

import { conformance, core, type SecurityPromise, unit } from "./promise.ts";

const certificate = core("pay/keys/platform-certificate");
const certificateTests = unit("pay/keys/platform-certificates");

export const keys: readonly SecurityPromise[] = [
  {
    promise: "a platform certificate that has expired verifies nothing",
    test: unit("pay/keys/downloaded-certificates"),
    name: "are no longer trusted once they have expired",
    broken: { file: certificate, from: " && now <= certificate.until", to: "" },
  },
  {
    promise: "what is sealed with the APIv3 key and is not one certificate alone verifies nothing",
    test: certificateTests,
    name: "what opens under the APIv3 key and is no certificate of the list",
    broken: {
      file: core("pay/keys/certificates"),
      from: String.raw`/^\s*-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----\s*$/`,
      to: String.raw`/-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----/`,
    },
  },
  {
    promise: "what is sealed with the APIv3 key for another use verifies nothing",
    test: certificateTests,
    name: "a certificate with the associated_data",
    broken: {
      file: core("pay/keys/certificates"),
      from: `if (associated_data !== ASSOCIATED_DATA) return noCertificateList();
  const sealed = {
    nonce: textOf(nonce),
    associatedData: ASSOCIATED_DATA,`,
      to: `const sealed = {
    nonce: textOf(nonce),
    associatedData: String(associated_data),`,
    },
  },
  {
    promise: "a platform certificate verifies under its own serial number alone",
    test: certificateTests,
    name: "a certificate under another serial number than its own is refused",
    broken: {
      file: core("pay/keys/certificates"),
      from: "if (serial !== withoutZeros(platformKeyId) || !certificate)",
      to: "if (serial === undefined || !certificate)",
    },
  },
  {
    promise: "a platform certificate of another issuer verifies nothing",
    test: certificateTests,
    name: "a certificate of another CA",
    broken: { file: certificate, from: "if (issuer === wanted)", to: 'if (issuer !== "")' },
  },
  {
    promise: "a certificate that is signed with its own key verifies nothing",
    test: certificateTests,
    name: "a certificate signed with its own key, whatever it names",
    broken: {
      file: core("pay/keys/key"),
      from: "await isSelfSigned(key, certificate)",
      to: "!isSelfSigned(key, certificate)",
    },
  },
  {
    promise: "a second certificate does not replace one of the same serial number in a list",
    test: certificateTests,
    name: "does not win in a list, written",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "others.reverse().map(",
      to: "others.map(",
    },
  },
  {
    promise: "nor does one in a later list, while the first is valid",
    test: certificateTests,
    name: "does not win in a later list",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "[...list.certificates, ...same]",
      to: "[...same, ...list.certificates]",
    },
  },
  {
    promise: "unknown serial numbers cause at most one download in 60 seconds",
    test: unit("pay/keys/downloaded-certificates"),
    name: "are not downloaded twice within 60 seconds for unknown serials",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "Math.abs(now() - askedAt) >= MIN_INTERVAL_MS",
      to: "Math.abs(now() - askedAt) >= 0",
    },
  },
  {
    promise: "an RSA key under 2048 bits is refused",
    test: conformance("pay/keys"),
    name: "is refused on first use: RSA of 1024 bits",
    broken: {
      file: core("pay/keys/rsa-numbers"),
      from: "if (bits < MIN_MODULUS_BITS) {",
      to: "if (bits < 0) {",
    },
  },
  {
    promise: "an RSA key whose exponent or modulus proves nothing is refused, in every form",
    test: unit("pay/keys/rsa-numbers"),
    name: "",
    broken: {
      file: core("pay/keys/rsa-numbers"),
      from: "if (isOdd && exponent > 1n && exponent < modulus) return;",
      to: "if (isOdd && exponent < modulus) return;",
    },
  },
];
