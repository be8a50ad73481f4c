import type { Evidence } from "../http/evidence.ts";

/** A call of WeChat Pay other than an upload, and how its rules are known. */
export interface PayEndpoint {
  method: "GET" | "POST";
  path: string;
  evidence: { path: Evidence; answer: Evidence; errors: Evidence };
  /** The document that describes it. */
  source: string;
}

const documented = (path: string, source: string): PayEndpoint => ({
  method: "GET",
  path,
  evidence: { path: "documented", answer: "documented", errors: "documented" },
  source,
});

export const certificateEndpoints: readonly PayEndpoint[] = [
  documented("/v3/certificates", "WeChat Pay 获取平台证书列表"),
  documented("/v3/global/certificates", "WeChat Pay Global 获取平台证书列表"),
  documented("/hk/v3/certificates", "WeChat Pay Global, older documents"),
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

export const tradeBillEndpoint: PayEndpoint = documented(
  "/v3/bill/tradebill",
  "WeChat Pay 申请交易账单, 2025.01.10",
);

export const fundFlowBillEndpoint: PayEndpoint = documented(
  "/v3/bill/fundflowbill",
  "WeChat Pay 申请资金账单",
);

export const billFileEndpoint: PayEndpoint = {
  method: "GET",
  path: "/v3/billdownload/file",
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source: "WeChat Pay 下载账单, 2024.12.27; tartype in the address: WxJava issue 2193",
};

export const pictureEndpoint: PayEndpoint = {
  method: "GET",
  path: "/v3/merchant-service/images/:media_id",
  evidence: { path: "documented", answer: "assumed", errors: "assumed" },
  source: "WeChat Pay 图片请求接口, 2025.09.02; that uploads are given back is assumed",
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
  tradeBillEndpoint,
  fundFlowBillEndpoint,
  billFileEndpoint,
  pictureEndpoint,
  applymentByIdEndpoint,
];
