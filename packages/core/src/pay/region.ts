/** The WeChat Pay that the merchant belongs to: mainland China, or WeChat Pay Global (Hong Kong). */
export type PayRegion = "mainland" | "global";

/** Where each WeChat Pay is. */
export const REGIONS: Readonly<Record<PayRegion, { baseUrl: string; certificatePath: string }>> = {
  mainland: { baseUrl: "https://api.mch.weixin.qq.com", certificatePath: "/v3/certificates" },
  global: {
    baseUrl: "https://apihk.mch.weixin.qq.com",
    certificatePath: "/v3/global/certificates",
  },
};
