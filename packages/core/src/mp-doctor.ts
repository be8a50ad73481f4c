export type { CheckLine, CheckState, Checkup } from "./checkup.ts";
export {
  type CheckMpClientOptions,
  checkMpClient,
  type MpCheckup,
} from "./mp/doctor/check-mp-client.ts";
export type { MpCheck, MpCheckName, MpFinding } from "./mp/doctor/findings.ts";
export {
  type CallQuota,
  type ClearQuotaOptions,
  clearQuota,
  getQuota,
  type QuotaOptions,
  type RateLimit,
} from "./mp/quota/quota.ts";
export { getRid, type RidRequest } from "./mp/quota/rid.ts";
