import { apiV3Key } from "./checks/api-v3-key.ts";
import { certificate } from "./checks/certificate.ts";
import { clock } from "./checks/clock.ts";
import { network } from "./checks/network.ts";
import { platformKeys } from "./checks/platform-keys.ts";
import { privateKey } from "./checks/private-key.ts";
import { publicKeySwitch } from "./checks/public-key-switch.ts";
import { region } from "./checks/region.ts";
import type { Answer, PayEvidence } from "./examine.ts";
import type { PayCheck } from "./findings.ts";
import { knowsMerchant } from "./shown.ts";

/** Makes one line of each check, from what is known. */
export function diagnose(evidence: PayEvidence): readonly PayCheck[] {
  const answer = mainAnswer(evidence);
  return [
    network(evidence, answer),
    clock(answer),
    certificate(evidence, answer),
    privateKey(evidence, answer),
    platformKeys(evidence, answer),
    apiV3Key(evidence, answer),
    publicKeySwitch(evidence, answer),
    region(evidence),
  ];
}

/** The answer that shows most: the repetition of a probe, or that of the region that knows the merchant. */
function mainAnswer({ answers: [first, second] }: PayEvidence): Answer | undefined {
  if (second === undefined) return first;
  return second.place.region === first?.place.region || knowsMerchant(second) ? second : first;
}
