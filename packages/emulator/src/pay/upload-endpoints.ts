import type { Evidence } from "../http/evidence.ts";

/** The uploads by purpose. */
export type PayUploadKind =
  | "image"
  | "video"
  | "marketing-image"
  | "merchant-service-image"
  | "global-merchant-service-image"
  | "product-coupon-image"
  | "brand-product-coupon-image"
  | "global-merchant-file"
  | "account-cancellation-image"
  | "bank-package-task"
  | "shopping-receipt"
  | "submission-file"
  | "due-diligence-file"
  | "fapiao-file"
  | "taxi-fapiao-file";

/** The field of the reply with the result. */
export type PayUploadAnswer =
  | "media_id"
  | "media_url"
  | "image_url"
  | "file_id"
  | "task_id"
  | "receipt"
  | "fapiao_media_id";

/** The form that an upload takes. */
export interface PayUploadForm {
  /** Name of the file part. */
  part: string;
  /** The key of the name in meta; absent if meta has none. */
  filenameKey?: string;
  /** The key of the digest in meta. */
  digestKey: string;
  algorithm: "SHA-256" | "SM3";
  /** Further keys of meta that must be there. Keys that are not named are ignored (assumed). */
  required: readonly string[];
  /** Keys that are required in meta or as fields beside it, as sources differ. */
  requiredSomewhere: readonly string[];
  /** Pointers to fields of meta that are encrypted, if they are there. */
  encrypted: readonly string[];
  /** Longest name, in characters. */
  maxNameLength: number;
  /** The Content-Type of the file part must be that of a picture. */
  checksType: boolean;
}

/** An upload of WeChat Pay, its limit, and how its rules are known. */
export interface PayUploadEndpoint {
  kind: PayUploadKind;
  path: string;
  media: "image" | "video" | "file";
  answers: PayUploadAnswer;
  /** Extensions of its files; any if empty. */
  extensions: readonly string[];
  /** Largest file in bytes. */
  maxBytes: number;
  /** Where another size holds for an extension. */
  maxBytesByExtension?: Readonly<Record<string, number>>;
  form: PayUploadForm;
  /** Calls per time in milliseconds; that the window slides and is the merchant's is assumed. */
  rate?: { calls: number; per: number };
  evidence: { path: Evidence; form: Evidence; maxBytes: Evidence; errors: Evidence };
  /** The document that describes it. */
  source: string;
}

const MEBIBYTE = 1024 * 1024;
const PICTURES = ["jpg", "jpeg", "png", "bmp"];
const VIDEOS = ["avi", "wmv", "mpeg", "mp4", "mov", "mkv", "flv", "f4v", "m4v", "rmvb"];

const FORM: PayUploadForm = {
  part: "file",
  filenameKey: "filename",
  digestKey: "sha256",
  algorithm: "SHA-256",
  required: [],
  requiredSomewhere: [],
  encrypted: [],
  maxNameLength: 128,
  checksType: false,
};

const { filenameKey: _named, ...NAMELESS } = FORM;
const SM3_FORM: PayUploadForm = { ...NAMELESS, digestKey: "digest", algorithm: "SM3" };
const MANAGEMENT_FORM = { ...FORM, filenameKey: "file_name", digestKey: "file_digest" };

const ASSUMED_ERRORS = {
  path: "documented",
  form: "documented",
  maxBytes: "documented",
  errors: "assumed",
} as const;

const picture = (
  kind: PayUploadKind,
  path: string,
  source: string,
): Omit<PayUploadEndpoint, "answers"> => ({
  kind,
  path,
  media: "image",
  extensions: PICTURES,
  maxBytes: 2 * MEBIBYTE,
  form: FORM,
  evidence: ASSUMED_ERRORS,
  source,
});

const coupon = (kind: PayUploadKind, path: string, source: string): PayUploadEndpoint => ({
  ...picture(kind, path, source),
  answers: "image_url",
  form: { ...FORM, maxNameLength: 150 },
  rate: { calls: 20, per: 1000 },
});

const managementFile = (
  kind: PayUploadKind,
  path: string,
  form: Partial<PayUploadForm>,
  source: string,
): PayUploadEndpoint => ({
  kind,
  path,
  media: "file",
  answers: "file_id",
  extensions: [],
  maxBytes: 32 * MEBIBYTE,
  form: { ...MANAGEMENT_FORM, ...form },
  // Each item states its own size.
  evidence: { ...ASSUMED_ERRORS, form: "reported", maxBytes: "assumed" },
  source,
});

const fapiao = (
  kind: PayUploadKind,
  path: string,
  extensions: readonly string[],
  required: readonly string[],
  source: string,
): PayUploadEndpoint => ({
  kind,
  path,
  media: "file",
  answers: "fapiao_media_id",
  extensions,
  maxBytes: 2 * MEBIBYTE,
  form: { ...SM3_FORM, required },
  evidence: ASSUMED_ERRORS,
  source,
});

/**
 * The uploads of WeChat Pay, the same on every host. That 1M is 2^20 bytes is assumed.
 *
 * `image` is as its page has been since 2026-05; the option `merchantFiles` restores what it was.
 */
export const payUploadEndpoints: readonly PayUploadEndpoint[] = [
  {
    ...picture("image", "/v3/merchant/media/upload", "WeChat Pay 文件上传, 2026-05"),
    answers: "media_id",
    extensions: [...PICTURES, "pdf"],
    maxBytes: 5 * MEBIBYTE,
    maxBytesByExtension: { pdf: 7.5 * MEBIBYTE },
    evidence: { ...ASSUMED_ERRORS, errors: "documented" },
  },
  {
    kind: "video",
    path: "/v3/merchant/media/video_upload",
    media: "video",
    answers: "media_id",
    extensions: VIDEOS,
    maxBytes: 5 * MEBIBYTE,
    form: FORM,
    evidence: { ...ASSUMED_ERRORS, errors: "documented" },
    source: "WeChat Pay 视频上传API, 2019-10-23",
  },
  {
    ...picture(
      "marketing-image",
      "/v3/marketing/favor/media/image-upload",
      "WeChat Pay 营销专用图片上传",
    ),
    answers: "media_url",
    rate: { calls: 100, per: 60_000 },
  },
  {
    ...picture(
      "merchant-service-image",
      "/v3/merchant-service/images/upload",
      "WeChat Pay 商户上传反馈图片",
    ),
    answers: "media_id",
  },
  {
    ...picture(
      "global-merchant-service-image",
      "/v3/global/merchant-service/images/upload",
      "WeChat Pay Global 商户上传反馈图片, as wechatpay-php has it",
    ),
    answers: "media_id",
    evidence: { ...ASSUMED_ERRORS, path: "reported", form: "reported", maxBytes: "reported" },
  },
  coupon(
    "product-coupon-image",
    "/v3/marketing/partner/product-coupon/media/upload-image",
    "WeChat Pay 商品券 图片上传, doc/v3/partner/4015781275",
  ),
  coupon(
    "brand-product-coupon-image",
    "/brand/marketing/product-coupon/media/upload-image",
    "WeChat Pay 商品券 图片上传, doc/brand/4015736285, 2025-08-28",
  ),
  {
    kind: "global-merchant-file",
    path: "/v3/global/merchant-storage/file/upload",
    media: "file",
    answers: "file_id",
    extensions: [...PICTURES, "pdf"],
    maxBytes: 5 * MEBIBYTE,
    form: { ...FORM, digestKey: "digest", maxNameLength: 256 },
    evidence: ASSUMED_ERRORS,
    source: "WeChat Pay Global 上传文件API, 2022-08-04",
  },
  {
    ...picture(
      "account-cancellation-image",
      "/v3/ecommerce/account/cancel-applications/media",
      "WeChat Pay 注销申请图片上传, doc/v3/partner/4012691710",
    ),
    answers: "media_id",
    form: { ...MANAGEMENT_FORM, checksType: true },
  },
  {
    kind: "bank-package-task",
    path: "/v3/marketing/bank/packages/:package_id/tasks",
    media: "file",
    answers: "task_id",
    extensions: ["txt", "csv"],
    maxBytes: 2 * MEBIBYTE,
    form: { ...FORM, required: ["bank_type"] },
    evidence: ASSUMED_ERRORS,
    source: "WeChat Pay 导入定向用户协议号",
  },
  {
    kind: "shopping-receipt",
    path: "/v3/marketing/shopping-receipt/shoppingreceipts",
    media: "image",
    answers: "receipt",
    extensions: ["jpg", "jpeg", "png"],
    maxBytes: 200 * 1024,
    form: {
      ...NAMELESS,
      required: ["transaction_id", "openid"],
      encrypted: ["/merchant_contact_information/consultation_phone_number"],
    },
    evidence: ASSUMED_ERRORS,
    source: "WeChat Pay 上传电子小票图片, doc/v3/merchant/4012553506",
  },
  managementFile(
    "submission-file",
    "/v3/mch-manage/submission-files/sub-mchid/:sub_mchid/upload",
    { part: "submission_file", requiredSomewhere: ["item_id"] },
    "WeChat Pay 上传商户提交资料文件, doc/v3/partner/4014940425",
  ),
  managementFile(
    "due-diligence-file",
    "/v3/mch-operation-manage/enhanced-due-diligence/:due_diligence_id/upload",
    { part: "due_diligence_file", required: ["sub_mchid", "item_id"] },
    "WeChat Pay 上传尽调资料文件, doc/v3/partner/4015631042, 2025-07-18",
  ),
  fapiao(
    "fapiao-file",
    "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
    ["pdf", "ofd"],
    ["file_type", "digest_alogrithm"],
    "WeChat Pay 上传电子发票文件, doc/v3/partner/4015792580, 2025-09-18",
  ),
  fapiao(
    "taxi-fapiao-file",
    "/v3/taxi-invoice/cards/upload-file",
    ["pdf"],
    ["company_mchid", "region_id", "digest_algorithm"],
    "WeChat Pay 上传出租车电子发票文件, 2023-08-22",
  ),
];

export const payUploadKinds: readonly PayUploadKind[] = payUploadEndpoints.map(({ kind }) => kind);
