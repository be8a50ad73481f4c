/** A refusal, before it is put on the wire. */
export interface PayError {
  status: number;
  code: string;
  message: string;
  detail?: Record<string, unknown>;
}

export const parameterError = (message: string, field?: string, issue?: string): PayError => ({
  status: 400,
  code: "PARAM_ERROR",
  message,
  ...(field !== undefined && { detail: { field, issue, location: "body" } }),
});

export const isPayError = (value: object): value is PayError =>
  "status" in value && "code" in value && "message" in value;

export const noAuth: PayError = { status: 403, code: "NO_AUTH", message: "商户权限异常" };

export const throttled = (limit: "too-fast" | "daily"): PayError => ({
  status: 429,
  code: "FREQUENCY_LIMIT_EXCEED",
  message: limit === "daily" ? "当天上传文件数已达上限" : "操作过快,请稍后重试",
});
