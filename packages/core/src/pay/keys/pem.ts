import { KeyError } from "../errors.ts";

/** The PEM labels that this library can use. */
export type PemLabel = "PRIVATE KEY" | "RSA PRIVATE KEY" | "PUBLIC KEY" | "CERTIFICATE";

/** One PEM block without what is around it. Only its label is checked. */
export interface Pem {
  readonly label: PemLabel;
  readonly text: string;
}

const PRIVATE: readonly PemLabel[] = ["PRIVATE KEY", "RSA PRIVATE KEY"];
const PUBLIC: readonly PemLabel[] = ["PUBLIC KEY", "CERTIFICATE"];

/**
 * Reads the PEM of a merchant's private key. Throws KeyError if it is a public key, a certificate, encrypted or not
 * PEM.
 */
export function privateKeyPem(text: string): Pem {
  const pem = readPem(text, "privateKey", PRIVATE);
  if (PRIVATE.includes(pem.label)) return pem;
  throw new KeyError(
    pem.label === "CERTIFICATE"
      ? "privateKey is a certificate. Pass the private key of the merchant (apiclient_key.pem); the certificate (apiclient_cert.pem) is not needed."
      : "privateKey is a public key. Pass the private key of the merchant (apiclient_key.pem).",
  );
}

/** Reads the PEM of a platform public key or certificate. Throws KeyError if it is a private key or not PEM. */
export function platformKeyPem(text: string, id: string): Pem {
  const pem = readPem(text, `platformKeys ${id}`, PUBLIC);
  if (PUBLIC.includes(pem.label)) return pem;
  throw new KeyError(
    `platformKeys ${id} is a private key. Pass the public key of WeChat Pay (pub_key.pem) or its platform certificate; a private key never belongs there.`,
  );
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/**
 * Takes the first block with a wanted label, else the first block: a file may have a chain, another key or text in it
 * too.
 */
function readPem(text: string, what: string, wanted: readonly PemLabel[]): Pem {
  const blocks = Array.from(text.matchAll(BLOCK), ([, label = "", content = ""]) => ({
    label,
    content,
  }));
  const block = blocks.find(({ label }) => wanted.some((one) => one === label)) ?? blocks[0];
  if (block === undefined) {
    throw new KeyError(
      `${what} is not PEM: it has no line "-----BEGIN …-----" with its "-----END …-----". Pass the whole text of the file, not its path, with its line breaks.`,
    );
  }
  const { label, content } = block;
  if (label === "ENCRYPTED PRIVATE KEY" || content.includes("ENCRYPTED")) {
    throw new KeyError(
      `${what} is encrypted. Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in encrypted.pem -out apiclient_key.pem.`,
    );
  }
  if (content.includes("\\n")) {
    throw new KeyError(
      `${what} has a backslash and an n in place of each line break, as some environment variables and JSON have. Restore them: text.replaceAll("\\\\n", "\\n").`,
    );
  }
  if (label === "EC PRIVATE KEY")
    throw new KeyError(`${what} is an EC key; WeChat Pay needs an RSA key.`);
  if (label === "RSA PUBLIC KEY") {
    throw new KeyError(
      `${what} is a PKCS#1 public key. Convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout.`,
    );
  }
  if (!isUsable(label)) {
    throw new KeyError(
      `${what} is a PEM with the label "${label}"; it must be PRIVATE KEY, RSA PRIVATE KEY, PUBLIC KEY or CERTIFICATE.`,
    );
  }
  return { label, text: `-----BEGIN ${label}-----${content}-----END ${label}-----` };
}

function isUsable(label: string): label is PemLabel {
  return [...PRIVATE, ...PUBLIC].some((one) => one === label);
}
