import type { PayRegion } from "../../region.ts";
import type { PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { knowsMerchant, NOTHING_SENT } from "../shown.ts";

const NAMES: Readonly<Record<PayRegion, string>> = {
  mainland: "WeChat Pay of mainland China",
  global: "WeChat Pay Global",
};

export function region({ answers: [first, second] }: PayEvidence): PayCheck {
  const line = finding.bind(undefined, "region");
  if (first === undefined) return line("region-unknown", NOTHING_SENT);
  const own = first.place.region;
  const other = second?.place.region ?? own;
  if (second !== undefined && other !== own) {
    if (knowsMerchant(second)) {
      return line(
        "region-wrong",
        `${NAMES[own]} does not know this merchant, ${NAMES[other]} does.`,
        `Pass region: "${other}", without certificatePath.`,
      );
    }
    return line("region-unknown", `${NAMES[other]} does not accept this merchant either.`);
  }
  if (second?.admitted === true || first.admitted) {
    // Reported by WeChat's staff (wechatpay-go#170): both hosts list the certificates of a merchant.
    return line(
      "region-accepted",
      `${NAMES[own]} accepts this merchant, which does not prove that it belongs there.`,
    );
  }
  return line("region-unknown", "The merchant was not accepted; another line says why.");
}
