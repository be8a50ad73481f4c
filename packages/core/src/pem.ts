import { KeyError } from "./errors.ts";

/** The PEM labels this library can use, by what they hold. */
export type PemLabel = "PRIVATE KEY" | "RSA PRIVATE KEY" | "PUBLIC KEY" | "CERTIFICATE";

/** One PEM block, checked for its label only. */
export interface Pem {
  readonly label: PemLabel;
  readonly text: string;
}

/** Reads a merchant's private key. Throws KeyError where the text is a public key, a certificate, encrypted or no PEM. */
export function privateKeyPem(text: string): Pem {
  const label = readLabel(text, "privateKey");
  if (label === "PRIVATE KEY" || label === "RSA PRIVATE KEY") return { label, text };
  throw new KeyError(
    label === "CERTIFICATE"
      ? "privateKey is a certificate. Give the merchant's private key instead, apiclient_key.pem; the certificate, apiclient_cert.pem, is not needed."
      : "privateKey is a public key. Give the merchant's private key, apiclient_key.pem.",
  );
}

/** Reads a platform public key or certificate. Throws KeyError where the text is a private key or no PEM. */
export function platformKeyPem(text: string, id: string): Pem {
  const label = readLabel(text, `platformKeys ${id}`);
  if (label === "PUBLIC KEY" || label === "CERTIFICATE") return { label, text };
  throw new KeyError(
    `platformKeys ${id} is a private key. Give WeChat Pay's public key (pub_key.pem) or platform certificate; a private key never belongs there.`,
  );
}

function readLabel(text: string, what: string): PemLabel {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
  if (label === undefined) {
    throw new KeyError(
      `${what} is not PEM: it must hold a line "-----BEGIN …-----". Give the file's text, not its path; in an environment variable keep its line breaks.`,
    );
  }
  if (label === "ENCRYPTED PRIVATE KEY" || /^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new KeyError(
      `${what} is encrypted. Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in encrypted.pem -out apiclient_key.pem.`,
    );
  }
  if (label === "EC PRIVATE KEY") throw new KeyError(`${what} is an EC key; WeChat Pay needs RSA.`);
  if (label === "RSA PUBLIC KEY") {
    throw new KeyError(
      `${what} is a PKCS#1 public key. Convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout.`,
    );
  }
  if (isUsable(label)) return label;
  throw new KeyError(
    `${what} is a PEM of "${label}"; it must be PRIVATE KEY, RSA PRIVATE KEY, PUBLIC KEY or CERTIFICATE.`,
  );
}

function isUsable(label: string): label is PemLabel {
  return ["PRIVATE KEY", "RSA PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE"].includes(label);
}
