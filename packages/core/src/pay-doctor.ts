export type { CheckLine, CheckState, Checkup } from "./checkup.ts";
export {
  type CheckPayClientOptions,
  checkPayClient,
  type PayCheckup,
} from "./pay/doctor/check-pay-client.ts";
export type { PayCheck, PayCheckName, PayFinding } from "./pay/doctor/findings.ts";
