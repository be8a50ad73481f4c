import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createRequire } from "node:module";

interface Certificate {
  publicKey: unknown;
  serialNumber: string;
  validity: { notBefore: Date; notAfter: Date };
  setSubject(attributes: readonly object[]): void;
  setIssuer(attributes: readonly object[]): void;
  setExtensions(extensions: readonly object[]): void;
  sign(key: unknown, digest: unknown): void;
}

const { md, pki } = createRequire(import.meta.url)("node-forge") as {
  md: { sha256: { create(): unknown } };
  pki: {
    createCertificate(): Certificate;
    certificateToPem(certificate: Certificate): string;
    privateKeyFromPem(pem: string): unknown;
    publicKeyFromPem(pem: string): unknown;
  };
};

/** A certificate for some hosts, and the authority that issued it; all PEM. */
export interface HostCertificates {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;

/** Makes a new authority, whose key is then forgotten. */
export function certificatesFor(hosts: readonly string[]): HostCertificates {
  const root = newKey();
  const own = newKey();
  const authority = [{ name: "commonName", value: "wechat-edge interop tests" }];
  const ca = issue(root.publicKey, root.privateKey, authority, authority, [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  const subject = [{ name: "commonName", value: hosts[0] }];
  const certificate = issue(own.publicKey, root.privateKey, subject, authority, [
    { name: "basicConstraints", cA: false },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    { name: "subjectAltName", altNames: hosts.map((value) => ({ type: 2, value })) },
  ]);
  return { ca, certificate, privateKey: own.privateKey };
}

function newKey(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
}

function issue(
  publicKey: string,
  signingKey: string,
  subject: readonly object[],
  issuer: readonly object[],
  extensions: readonly object[],
): string {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + DAY_MS);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(signingKey), md.sha256.create());
  return pki.certificateToPem(certificate);
}
