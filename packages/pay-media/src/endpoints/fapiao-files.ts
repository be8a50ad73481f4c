import type { FileLimits } from "@wechat-edge/core";
import { checkKnownFields, checkText, shown } from "@wechat-edge/core/internal/upload";
import { MIB } from "../limits.ts";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { withId } from "./reply-fields.ts";

type Digest = NonNullable<PayFileEndpoint["digest"]>;

/** What {@link fapiaoFile} takes. */
export interface FapiaoFile {
  readonly file_type: "PDF" | "OFD";
  /** For service providers. */
  readonly sub_mchid?: string | undefined;
  /** The SM3 of the file in hexadecimal, or a function that computes it: WebCrypto has no SM3. */
  readonly digest: Digest;
}

/** What {@link taxiFapiaoFile} takes. */
export interface TaxiFapiaoFile {
  /** Merchant number of the taxi company. */
  readonly company_mchid: string;
  /** Such as 310100 for Shanghai. */
  readonly region_id: number;
  /** The SM3 of the file in hexadecimal, or a function that computes it: WebCrypto has no SM3. */
  readonly digest: Digest;
}

/**
 * 上传电子发票文件: a PDF or OFD of up to 2 MiB for the card of 电子发票. The id works for three days. Texts of 2025 take
 * PDF alone from service providers.
 *
 * `meta` names the algorithm under `digest_alogrithm`, which is how WeChat spells it.
 *
 * @throws TypeError if a field is missing, or is not known
 * @see https://pay.weixin.qq.com/doc/v3/partner/4015792580
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { fapiaoFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const pdf = new File(["%PDF-1.7 …"], "fapiao.pdf");
 * // Or a function: (bytes) => createHash("sm3").update(bytes).digest("hex"), in Node.
 * const digest = "731cbaf8a98d78366c36e024df3be8849c411cbd030d6196e26bc92f26be3fd4";
 * const { fapiao_media_id } = await uploadPayFile(pay, fapiaoFile({ file_type: "PDF", digest }), pdf);
 * console.log(typeof fapiao_media_id); // string
 * ```
 */
export function fapiaoFile(
  input: FapiaoFile,
): PayFileEndpoint<{ readonly fapiao_media_id: string }> {
  checkKnownFields("fapiaoFile", input, ["file_type", "sub_mchid", "digest"]);
  const { file_type, sub_mchid, digest } = input;
  if (file_type !== "PDF" && file_type !== "OFD") {
    throw new TypeError(`file_type must be "PDF" or "OFD", not ${shown(file_type)}.`);
  }
  checkSm3(digest);
  const extensions: FileLimits["extensions"] =
    file_type === "PDF" ? { pdf: ["pdf"] } : { ofd: ["unknown"] };
  return {
    path: "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
    meta: { sub_mchid, file_type, digest_alogrithm: "SM3" },
    metaKeys: ["sub_mchid", "file_type", "digest_alogrithm"],
    filenameKey: false,
    digestKey: "digest",
    digest,
    contentType: { ofd: "application/ofd" },
    limits: { extensions, maxBytes: 2 * MIB },
    read: (reply) => withId(reply, "fapiao_media_id"),
  };
}

/**
 * 上传出租车电子发票文件: a PDF of up to 2 MiB. The id works for three days.
 *
 * @throws TypeError if a field is missing, or is not known
 * @see https://pay.weixin.qq.com/docs/partner/apis/taxi-fapiao/taxi-invoice-card/upload-taxi-invoice-card-file.html
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { taxiFapiaoFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * // Or a function: (bytes) => createHash("sm3").update(bytes).digest("hex"), in Node.
 * const digest = "731cbaf8a98d78366c36e024df3be8849c411cbd030d6196e26bc92f26be3fd4";
 * const endpoint = taxiFapiaoFile({ company_mchid: "1900000109", region_id: 310100, digest });
 * const pdf = new File(["%PDF-1.7 …"], "fapiao.pdf");
 * const { fapiao_media_id } = await uploadPayFile(pay, endpoint, pdf);
 * console.log(typeof fapiao_media_id); // string
 * ```
 */
export function taxiFapiaoFile(
  input: TaxiFapiaoFile,
): PayFileEndpoint<{ readonly fapiao_media_id: string }> {
  checkKnownFields("taxiFapiaoFile", input, ["company_mchid", "region_id", "digest"]);
  const { company_mchid, region_id, digest } = input;
  checkText("company_mchid", company_mchid);
  if (typeof region_id !== "number") {
    throw new TypeError(`region_id must be a number such as 310100, not ${shown(region_id)}.`);
  }
  checkSm3(digest);
  return {
    path: "/v3/taxi-invoice/cards/upload-file",
    meta: { company_mchid, region_id, digest_algorithm: "DIGEST_ALGORITHM_SM3" },
    metaKeys: ["company_mchid", "region_id", "digest_algorithm"],
    filenameKey: false,
    digestKey: "digest",
    digest,
    limits: { extensions: { pdf: ["pdf"] }, maxBytes: 2 * MIB },
    read: (reply) => withId(reply, "fapiao_media_id"),
  };
}

function checkSm3(digest: unknown): void {
  if (typeof digest === "function" || typeof digest === "string") return;
  throw new TypeError(
    "digest must be the SM3 of the file in hexadecimal, or a function that computes it: WebCrypto has no SM3.",
  );
}
