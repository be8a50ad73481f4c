import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { NOT_SHOWN, NOTHING_SENT, saysSignature } from "../shown.ts";
import { isOfPlatformKeys } from "./platform-keys.ts";

export function privateKey({ unusable }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "private-key");
  if (unusable !== undefined && !isOfPlatformKeys(unusable)) {
    const todo = "Pass the text of apiclient_key.pem, of the certificate with this serialNo.";
    return line("private-key-unusable", unusable.message, todo);
  }
  if (answer === undefined) return line("private-key-unknown", NOTHING_SENT);
  if (answer.admitted) return line("private-key-fits", "WeChat Pay accepted its signature.");
  if (!saysSignature(answer)) return line("private-key-unknown", NOT_SHOWN);
  const proxy =
    answer.refusal?.server === undefined
      ? " If it is that one, look for a proxy that changes requests."
      : "";
  return line(
    "private-key-other",
    "WeChat Pay knows serialNo, but the signature is not by the key of that certificate.",
    `Use the apiclient_key.pem that was made with the certificate of this serialNo: openssl x509 -in apiclient_cert.pem -noout -serial.${proxy}`,
  );
}
