import { isCurrent, whyNotCurrent } from "../../keys/platform-certificate.ts";
import { platformKeyOf } from "../../keys/platform-keys.ts";
import { isPublicKeyId } from "../../verify.ts";
import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { NOTHING_SENT } from "../shown.ts";

/** KeyErrors begin with the name of the option. */
export function isOfPlatformKeys({ message }: Error): boolean {
  return message.includes("platformKey");
}

export function platformKeys(evidence: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "platform-keys");
  const { unusable, parts } = evidence;
  const ids = [...parts.keys.given.keys()];
  const have = ids.join(", ") || "none";
  if (unusable !== undefined && isOfPlatformKeys(unusable)) {
    const isMixedUp = /the merchant's own/.test(unusable.message);
    return line(
      isMixedUp ? "platform-keys-merchant" : "platform-keys-unusable",
      unusable.message,
      "Download pub_key.pem, or pass apiV3Key in place of a certificate.",
    );
  }
  const expired = expiredKey(evidence, answer);
  if (expired !== undefined) {
    const todo = "Download pub_key.pem, or pass apiV3Key. If the clock is wrong, set it first.";
    return line("platform-keys-expired", expired, todo);
  }
  if (answer === undefined) return line("platform-keys-unknown", NOTHING_SENT);
  const { signer, listed, opens } = answer;
  if (signer.kind === "nobody") {
    return line("platform-keys-unknown", "No signed reply came, so none was verified.");
  }
  const { id } = signer;
  const signed = `WeChat Pay signed with ${id}`;
  switch (signer.kind) {
    case "probe":
      return line("platform-keys-unknown", `${signed}, wrongly on purpose (a probe), twice.`);
    case "known": {
      if (signer.from === "list" && ids.length > 0) {
        return line("platform-keys-unknown", `${signed}, from the list; unused: ${have}.`);
      }
      const others = ids.filter((other) => other !== id).map((other) => withListed(other, listed));
      const rest = others.length === 0 ? "" : `; unused: ${others.join(", ")}`;
      return line("platform-keys-verified", `${signed}, and the signature verified${rest}.`);
    }
    case "renamed":
      return line(
        "platform-keys-id",
        `${signed}; the client has that key under the id ${signer.givenId}.`,
        `Correct platformKeyId to ${id}.`,
      );
    case "mismatch":
      return line(
        "platform-keys-mismatch",
        `${signed}, but the signature does not verify with the key under that id.`,
        `Download that key again${opens === true ? "" : "; if it is the same, look for a proxy that changes replies"}.`,
      );
    case "unknown":
      return strangerSigned(ids, signer.id, answer);
  }
}

/** Says which certificate is not valid now, if it signed or the client has nothing else, and downloads none. */
function expiredKey({ parts }: PayEvidence, answer: Answer | undefined): string | undefined {
  const { given, downloads } = parts.keys;
  const isAlone = parts.keys.current().length === 0;
  const now = parts.signer.transport.now();
  const signed = answer?.signer.kind === "known" && platformKeyOf(given, answer.signer.id);
  const [id, key] = [...given].find(([, one]) => one === signed || isAlone) ?? [];
  if (downloads || !key?.certificate || isCurrent(key, now)) return undefined;
  return `platformKeys ${id} is a certificate that ${whyNotCurrent(key.certificate, now)}.`;
}

function withListed(id: string, listed: readonly string[] | undefined): string {
  if (isPublicKeyId(id) || listed === undefined || listed.includes(id)) return id;
  return `${id} (no longer in WeChat Pay's list)`;
}

/** A key signed that the client does not have. */
function strangerSigned(ids: readonly string[], id: string, answer: Answer): PayCheck {
  const line = finding.bind(undefined, "platform-keys");
  const found = `WeChat Pay signed with ${id}; the client has ${ids.map((one) => withListed(one, answer.listed)).join(", ") || "no key"}.`;
  const hasPublicKey = ids.some(isPublicKeyId);
  if (isPublicKeyId(id)) {
    if (!hasPublicKey) return line("platform-keys-unknown", found, "See switch.");
    const todo = `Copy the id and the public key of this merchant from the merchant platform (API安全 → 微信支付公钥): the id is ${id}.`;
    return line("platform-keys-id", found, todo);
  }
  if (hasPublicKey) return line("platform-keys-unknown", found, "See switch.");
  if (ids.length === 0) return line("platform-keys-unknown", found, "See api-v3-key.");
  const todo = "Pass apiV3Key, which downloads and renews the certificates, or add that one.";
  return line("platform-keys-missing", found, todo);
}
