import type { Evidence } from "../../http/evidence.ts";
import type { MpEndpoint } from "../endpoints.ts";

const endpoint = (path: string, errors: Evidence, source: string): MpEndpoint => ({
  method: "POST",
  path: `/cgi-bin/${path}`,
  evidence: { path: "documented", answer: "documented", errors },
  source,
});

export const getQuotaEndpoint: MpEndpoint = endpoint(
  "openapi/quota/get",
  "documented",
  "查询API调用额度",
);
/** Its errors but 76022 are those of quota/get (assumed). */
export const clearPathQuotaEndpoint: MpEndpoint = endpoint(
  "openapi/quota/clear",
  "documented",
  "重置指定API调用次数",
);
export const clearQuotaEndpoint: MpEndpoint = endpoint(
  "clear_quota",
  "documented",
  "重置API调用次数",
);
export const clearQuotaBySecretEndpoint: MpEndpoint = endpoint(
  "clear_quota/v2",
  "documented",
  "使用AppSecret重置API调用次数",
);
export const getRidEndpoint: MpEndpoint = endpoint("openapi/rid/get", "documented", "查询rid信息");
/** For platforms, by its document; whether it answers an account's own token is not known. */
export const accountInfoEndpoint: MpEndpoint = endpoint(
  "account/getaccountbasicinfo",
  "assumed",
  "获取基本信息",
);

/** The calls about quotas, errors and the account itself. */
export const quotaEndpoints: readonly MpEndpoint[] = [
  getQuotaEndpoint,
  clearPathQuotaEndpoint,
  clearQuotaEndpoint,
  clearQuotaBySecretEndpoint,
  getRidEndpoint,
  accountInfoEndpoint,
];
