import { PayApiError } from "../errors.ts";
import type { SignErrorCause } from "../sign-error-cause.ts";
import type { Answer } from "./examine.ts";

/** The causes of a 401 that only a merchant with that serial number can have. */
const OF_KNOWN_MERCHANT: readonly (SignErrorCause | undefined)[] = [
  "certificate-expired",
  "certificate-revoked",
  "certificate-replaced",
  "api-v3-key-unset",
];

export function knowsMerchant(answer: Answer): boolean {
  const { admitted, refusal } = answer;
  return admitted || saysSignature(answer) || OF_KNOWN_MERCHANT.includes(refusal?.causes[0]);
}

/** Whether WeChat Pay says that the signature is wrong. Other texts of a 401 may mean anything. */
export function saysSignature({ refusal, error }: Answer): boolean {
  if (refusal?.causes[0] !== "private-key") return false;
  const { apiMessage } = error instanceof PayApiError ? error : { apiMessage: "" };
  return refusal.server !== undefined || apiMessage.includes("签");
}

/** What a check says where nothing was sent, or where the reply says nothing of it. */
export const NOTHING_SENT = "Nothing was sent.";
export const NOT_SHOWN = "The reply does not show it.";
