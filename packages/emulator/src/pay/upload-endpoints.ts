import type { Evidence } from "../http/evidence.ts";

/** The uploads by purpose. */
export type PayUploadKind = "image" | "video" | "marketing-image" | "merchant-service-image";

/** An upload of WeChat Pay, its limit, and how its rules are known. */
export interface PayUploadEndpoint {
  kind: PayUploadKind;
  path: string;
  media: "image" | "video";
  /** The field of the reply with the result. */
  answers: "media_id" | "media_url";
  /** Largest file in bytes. */
  maxBytes: number;
  evidence: { path: Evidence; maxBytes: Evidence; errors: Evidence };
  /** The document that describes it. */
  source: string;
}

const MEBIBYTE = 1024 * 1024;

/** The uploads of WeChat Pay, the same on every host. That 1M is 2^20 bytes is assumed. */
export const payUploadEndpoints: readonly PayUploadEndpoint[] = [
  {
    kind: "image",
    path: "/v3/merchant/media/upload",
    media: "image",
    answers: "media_id",
    maxBytes: 2 * MEBIBYTE,
    evidence: { path: "documented", maxBytes: "documented", errors: "documented" },
    source: "WeChat Pay Global 图片上传, 2025.01.07",
  },
  {
    kind: "video",
    path: "/v3/merchant/media/video_upload",
    media: "video",
    answers: "media_id",
    maxBytes: 5 * MEBIBYTE,
    evidence: { path: "documented", maxBytes: "documented", errors: "documented" },
    source: "WeChat Pay 视频上传API, 2019-10-23",
  },
  {
    kind: "marketing-image",
    path: "/v3/marketing/favor/media/image-upload",
    media: "image",
    answers: "media_url",
    maxBytes: 2 * MEBIBYTE,
    evidence: { path: "documented", maxBytes: "documented", errors: "assumed" },
    source: "WeChat Pay 营销专用图片上传",
  },
  {
    kind: "merchant-service-image",
    path: "/v3/merchant-service/images/upload",
    media: "image",
    answers: "media_id",
    maxBytes: 2 * MEBIBYTE,
    evidence: { path: "documented", maxBytes: "documented", errors: "assumed" },
    source: "WeChat Pay 商户上传反馈图片",
  },
];

export const payUploadKinds: readonly PayUploadKind[] = payUploadEndpoints.map(({ kind }) => kind);
