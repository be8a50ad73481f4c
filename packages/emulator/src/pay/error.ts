/** An error reply, before it is serialized. */
export interface PayError {
  status: number;
  code: string;
  message: string;
  detail?: Record<string, unknown>;
}

export const parameterError = (
  message: string,
  field?: string,
  issue?: string,
  location: "body" | "query" | "header" = "body",
): PayError => ({
  status: 400,
  code: "PARAM_ERROR",
  message,
  ...(field !== undefined && { detail: { field, issue, location } }),
});

/** Documented: the answer to a request that does not follow the v3 rules. */
export const invalidRequest = (field: string, issue: string, location = "body"): PayError => ({
  status: 400,
  code: "INVALID_REQUEST",
  message: "HTTP 请求不符合微信支付 APIv3 接口规则",
  detail: { field, issue, location },
});

export const notFound = (message: string): PayError => ({
  status: 404,
  code: "RESOURCE_NOT_EXISTS",
  message,
});

export const isPayError = (value: object): value is PayError =>
  "status" in value && "code" in value && "message" in value;

export const noAuth: PayError = { status: 403, code: "NO_AUTH", message: "商户权限异常" };

export const throttled = (limit: "too-fast" | "daily"): PayError => ({
  status: 429,
  code: "FREQUENCY_LIMIT_EXCEED",
  message: limit === "daily" ? "当天上传文件数已达上限" : "操作过快,请稍后重试",
});
