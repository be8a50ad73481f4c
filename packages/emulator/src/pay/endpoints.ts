import type { Evidence } from "../evidence.ts";

/** A call that is no upload. */
export interface PayCall {
  method: "GET" | "POST";
  path: string;
  evidence: { path: Evidence; answer: Evidence; errors: Evidence };
  source: string;
}

const certificates = (path: string, source: string): PayCall => ({
  method: "GET",
  path,
  evidence: { path: "documented", answer: "documented", errors: "documented" },
  source,
});

export const certificateCalls: readonly PayCall[] = [
  certificates("/v3/certificates", "WeChat Pay 获取平台证书列表"),
  certificates("/v3/global/certificates", "WeChat Pay Global 获取平台证书列表"),
  certificates("/hk/v3/certificates", "WeChat Pay Global, older documents"),
];

export const applymentCall: PayCall = {
  method: "POST",
  path: "/v3/applyment4sub/applyment/",
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source: "WeChat Pay 特约商户进件 提交申请单",
};

export const applymentStateCall: PayCall = {
  method: "GET",
  path: "/v3/applyment4sub/applyment/business_code/:business_code",
  evidence: { path: "documented", answer: "assumed", errors: "assumed" },
  source: "WeChat Pay 特约商户进件 查询申请单状态",
};

export const payCalls: readonly PayCall[] = [
  ...certificateCalls,
  applymentCall,
  applymentStateCall,
];
