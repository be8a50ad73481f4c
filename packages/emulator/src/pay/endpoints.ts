import type { Evidence } from "../http/evidence.ts";

/** A call of WeChat Pay other than an upload, and how its rules are known. */
export interface PayEndpoint {
  method: "GET" | "POST";
  path: string;
  evidence: { path: Evidence; answer: Evidence; errors: Evidence };
  /** The document that describes it. */
  source: string;
}

const certificates = (path: string, source: string): PayEndpoint => ({
  method: "GET",
  path,
  evidence: { path: "documented", answer: "documented", errors: "documented" },
  source,
});

export const certificateEndpoints: readonly PayEndpoint[] = [
  certificates("/v3/certificates", "WeChat Pay 获取平台证书列表"),
  certificates("/v3/global/certificates", "WeChat Pay Global 获取平台证书列表"),
  certificates("/hk/v3/certificates", "WeChat Pay Global, older documents"),
];

export const applymentEndpoint: PayEndpoint = {
  method: "POST",
  path: "/v3/applyment4sub/applyment/",
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source: "WeChat Pay 特约商户进件 提交申请单",
};

export const applymentStateEndpoint: PayEndpoint = {
  method: "GET",
  path: "/v3/applyment4sub/applyment/business_code/:business_code",
  evidence: { path: "documented", answer: "assumed", errors: "assumed" },
  source: "WeChat Pay 特约商户进件 查询申请单状态",
};

export const applymentByIdEndpoint: PayEndpoint = {
  ...applymentStateEndpoint,
  path: "/v3/applyment4sub/applyment/applyment_id/:applyment_id",
};

/** The calls of WeChat Pay other than uploads. */
export const payEndpoints: readonly PayEndpoint[] = [
  ...certificateEndpoints,
  applymentEndpoint,
  applymentStateEndpoint,
  applymentByIdEndpoint,
];
