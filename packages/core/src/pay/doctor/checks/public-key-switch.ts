import { isPublicKeyId } from "../../verify.ts";
import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { NOTHING_SENT } from "../shown.ts";

export function publicKeySwitch({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "switch");
  const asked = parts.keys.platformKeyId;
  const addKey =
    "Add the public key to platformKeys: its id and pub_key.pem are in the merchant platform (API安全 → 微信支付公钥).";
  if (answer === undefined) return line("switch-unknown", NOTHING_SENT);
  const { signer } = answer;
  const isVerified = signer.kind === "known" || signer.kind === "renamed";
  if (answer.listed?.length === 0 && (asked === undefined || isVerified)) {
    const found = "WeChat Pay has no platform certificates for this merchant, only its public key";
    return asked === undefined
      ? line("switch-public-key-missing", `${found}, which the client lacks.`, addKey)
      : line("switch-done", `${found}, which the client asks for.`);
  }
  if (signer.kind === "nobody" || signer.kind === "probe") {
    return line("switch-unknown", "No signed reply came.");
  }
  if (isPublicKeyId(signer.id)) {
    return asked === undefined
      ? line(
          "switch-public-key-missing",
          `WeChat Pay signs with its public key ${signer.id}; the client has only certificates.`,
          addKey,
        )
      : line("switch-done", "WeChat Pay signs with its public key.");
  }
  if (asked === undefined) {
    return line(
      "switch-certificates",
      "WeChat Pay signs with certificates, as the client expects.",
    );
  }
  if (signer.kind === "renamed") return line("switch-unknown", "See platform-keys.");
  if (signer.kind === "known" && answer.opens === true) {
    return line(
      "switch-pending",
      `WeChat Pay signs with the certificate ${signer.id}, which apiV3Key downloads: the switch to the public key is not done, or ${asked} is not its id.`,
      "Keep apiV3Key until the switch is done (更换 in the merchant platform).",
    );
  }
  return line(
    "switch-not-done",
    `The client asks for the public key ${asked}, and WeChat Pay signs with the certificate ${signer.id}: the switch to the public key is not done, and encrypted fields are refused until then; or that is not its id.`,
    `Press 更换 in the merchant platform (API安全 → 平台证书), and pass apiV3Key until it is done, which downloads the certificate. If it is done, compare ${asked} with the merchant platform.`,
  );
}
