import { importPKCS8, importSPKI, importX509 } from "jose";
import { KeyError } from "./errors.ts";
import { type Pem, platformKeyPem, privateKeyPem } from "./pem.ts";
import { pkcs1ToPkcs8 } from "./pkcs1.ts";

/** RSASSA-PKCS1-v1_5 with SHA-256, the algorithm behind WECHATPAY2-SHA256-RSA2048, as jose names it. */
const ALGORITHM = "RS256";
const MIN_MODULUS_BITS = 2048;

/** Gives the imported key, importing it on first use. */
export type KeyLoader = () => Promise<CryptoKey>;

/** A merchant's private key from PKCS#8 or PKCS#1 PEM or a CryptoKey. What a label shows is refused at once, the rest on first use. */
export function merchantKey(key: string | CryptoKey): KeyLoader {
  if (typeof key !== "string") return checkedCryptoKey(key, "privateKey", "sign");
  const pem = privateKeyPem(key);
  return imported("privateKey", () =>
    importPKCS8(pem.label === "RSA PRIVATE KEY" ? pkcs1ToPkcs8(pem.text) : pem.text, ALGORITHM),
  );
}

/** A key of WeChat Pay's own from SPKI or X.509 PEM or a CryptoKey. */
export function platformKey(key: string | CryptoKey, id: string): KeyLoader {
  const what = `platformKeys ${id}`;
  if (typeof key !== "string") return checkedCryptoKey(key, what, "verify");
  const pem: Pem = platformKeyPem(key, id);
  return imported(what, () =>
    pem.label === "CERTIFICATE" ? importX509(pem.text, ALGORITHM) : importSPKI(pem.text, ALGORITHM),
  );
}

/** Keeps the key, never the promise: in a Worker a promise of a request that has ended may not settle. */
function imported(what: string, load: () => Promise<CryptoKey>): KeyLoader {
  let loaded: CryptoKey | undefined;
  return async () => {
    if (loaded !== undefined) return loaded;
    const key = await load().catch((cause: unknown) => {
      throw new KeyError(
        `${what} cannot be read as an RSA key. WeChat Pay needs RSA of ${MIN_MODULUS_BITS} bits, in PEM as the merchant platform gives it.`,
        { cause },
      );
    });
    checkModulus(key, what);
    loaded = key;
    return key;
  };
}

function checkedCryptoKey(key: CryptoKey, what: string, usage: KeyUsage): KeyLoader {
  const { name, hash } = key.algorithm as RsaHashedKeyAlgorithm;
  if (name !== "RSASSA-PKCS1-v1_5" || hash?.name !== "SHA-256" || !key.usages.includes(usage)) {
    throw new KeyError(
      `${what} is a ${key.type} CryptoKey of ${name} for ${key.usages.join(", ") || "no use"}; it must be of RSASSA-PKCS1-v1_5 with SHA-256 for ${usage}.`,
    );
  }
  checkModulus(key, what);
  return async () => key;
}

function checkModulus(key: CryptoKey, what: string): void {
  const bits = (key.algorithm as RsaHashedKeyAlgorithm).modulusLength;
  if (bits < MIN_MODULUS_BITS) {
    throw new KeyError(
      `${what} is RSA of ${bits} bits; it must have at least ${MIN_MODULUS_BITS}.`,
    );
  }
}
