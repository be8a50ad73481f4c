import type { SignErrorCause } from "../../sign-error-cause.ts";
import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck, type PayFinding } from "../findings.ts";
import { knowsMerchant, NOT_SHOWN, NOTHING_SENT } from "../shown.ts";

const CERTIFICATE_STATES: Partial<Record<SignErrorCause, readonly [PayFinding, string, string]>> = {
  "certificate-expired": [
    "certificate-expired",
    "has expired",
    "Renew it in the merchant platform, then use its privateKey and serialNo.",
  ],
  "certificate-revoked": [
    "certificate-revoked",
    "was revoked",
    "Use the privateKey and serialNo of the certificate that is valid now.",
  ],
  "certificate-replaced": [
    "certificate-replaced",
    "was replaced",
    "Use the privateKey and serialNo of the new certificate.",
  ],
};

export function certificate({ pay }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "certificate");
  const { mchid, brandId, serialNo } = pay;
  const who = brandId === undefined ? `mchid ${mchid}` : `brandId ${brandId}`;
  const both = `${who} and serialNo ${serialNo}`;
  if (answer === undefined) return line("certificate-unknown", NOTHING_SENT);
  const [cause] = answer.refusal?.causes ?? [];
  if (cause === "serial") {
    return line(
      "certificate-serial",
      `WeChat Pay does not find ${both} together: one of the two is another merchant's, or the certificate is not the current one.`,
      "Compare both with the merchant platform (账户中心 → API安全 → 商户API证书); the CN in apiclient_cert.pem is its mchid. The serial number of a platform certificate does not belong there.",
    );
  }
  if (cause === "merchant") {
    return line(
      "certificate-none",
      `WeChat Pay knows no API certificate of ${who}.`,
      "Check mchid; if it is right, apply for the certificate in the merchant platform (API安全).",
    );
  }
  const [code, state, todo] = CERTIFICATE_STATES[cause ?? "clock"] ?? [];
  if (code !== undefined) {
    return line(code, `The API certificate ${serialNo} of ${who} ${state}.`, todo);
  }
  if (knowsMerchant(answer)) return line("certificate-known", `${both} belong together.`);
  return line("certificate-unknown", NOT_SHOWN);
}
