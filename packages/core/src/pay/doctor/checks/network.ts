import { NetworkError, TimeoutError } from "../../../errors.ts";
import { PayApiError } from "../../errors.ts";
import type { Answer, PayEvidence } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { NOTHING_SENT } from "../shown.ts";
import { MAX_SKEW_SECONDS } from "./clock.ts";

/** What a server sends back may be of any length. */
const MAX_QUOTED_CHARACTERS = 200;

export function network({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "network");
  if (answer === undefined) {
    return parts.certificatePath === undefined
      ? line(
          "network-unknown",
          "Nothing was sent: no document says where the certificates of a brand are listed.",
          "Pass certificatePath if you know it, or check with an upload.",
        )
      : line("network-unknown", NOTHING_SENT);
  }
  const { place, reply, error, refusal, signer, age, fast } = answer;
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    const todo = `Check that this machine reaches ${place.baseUrl}: DNS, firewall, proxy, baseUrl.`;
    return line("network-silent", error.message, todo);
  }
  const status = reply?.status ?? 0;
  const answered = `${place.baseUrl} answered with status ${status}`;
  if (reply !== undefined && error instanceof PayApiError) {
    const [cause] = refusal?.causes ?? [];
    if (refusal !== undefined && /-(?:changed|missing)$/.test(cause ?? "")) {
      return line("network-changed", refusal.text, "Try it from another network to compare.");
    }
    const why = `${error.apiCode.slice(0, 64)}: ${error.apiMessage.slice(0, MAX_QUOTED_CHARACTERS)}`;
    if (status === 429 || status >= 500) {
      const todo =
        "Run the check again later. If it stays so, compare mchid: some wrong ones are answered with 500 (reported).";
      return line("network-busy", `${answered} ${why}`, todo);
    }
    return line("network-answered", `${answered} ${why}`);
  }
  const todo = "Look for a proxy, a gateway or a login page in between, and check baseUrl.";
  if (error !== undefined) return line("network-proxy", error.message, todo);
  if (signer.kind === "nobody") {
    const found = `${answered}, but the reply has no signature: it is not from WeChat Pay, or a proxy removed headers.`;
    return line("network-proxy", found, todo);
  }
  if (isOld(age, fast)) {
    const found = `The reply was signed ${age} seconds ago: something in between keeps old replies.`;
    return line("network-old-reply", found, "Look for a cache or a proxy in between.");
  }
  return line("network-answered", `${answered}.`);
}

/** A reply that is old by the clock of the server that sent it. */
function isOld(age = 0, fast = 0): boolean {
  return Math.abs(age - fast) > MAX_SKEW_SECONDS;
}
