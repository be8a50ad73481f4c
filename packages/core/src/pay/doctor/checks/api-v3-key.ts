import { appSecretHint } from "../../keys/api-v3-key.ts";
import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { NOTHING_SENT } from "../shown.ts";

export function apiV3Key({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "api-v3-key");
  const where = "set it in the merchant platform under API安全";
  if (answer?.refusal?.causes[0] === "api-v3-key-unset") {
    return line("api-v3-key-unset", "The merchant has not set an APIv3 key.", `First ${where}.`);
  }
  const key = parts.apiV3Key();
  if (key === undefined) {
    return line("api-v3-key-absent", "The client has no apiV3Key, so nothing was decrypted.");
  }
  if (answer === undefined) return line("api-v3-key-unknown", NOTHING_SENT);
  if (answer.opens === true) {
    return line("api-v3-key-fits", "It decrypts the list of platform certificates.");
  }
  if (answer.opens === undefined) {
    return line("api-v3-key-unknown", "WeChat Pay sent nothing to decrypt.");
  }
  if (answer.signer.kind === "mismatch") {
    const found = "It does not decrypt the list, whose signature does not verify either.";
    return line("api-v3-key-unknown", found, "See platform-keys.");
  }
  const found = "It does not decrypt the list of platform certificates";
  return appSecretHint(key) !== ""
    ? line(
        "api-v3-key-app-secret",
        `${found}, and has the form of an AppSecret (32 hexadecimal digits).`,
        "Pass the APIv3密钥 of the merchant, not the AppSecret of the app and not the v2 key.",
      )
    : line(
        "api-v3-key-wrong",
        `${found}.`,
        `Pass the one of this merchant; if it is lost, ${where}.`,
      );
}
