import { newMediaId } from "./ids.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";
import type { UploadForm } from "./upload-form.ts";

/** A reply, and what its id is stored under. */
export interface UploadResult {
  reply: object;
  media_id: string;
  media_url?: string;
}

export interface StoredUpload {
  filename: string;
  digest: string;
  /** The parameters of the path. */
  parameters: Readonly<Record<string, string>>;
  now: number;
}

/** Documented: the names and the lengths of the ids. Assumed: their letters, and the state of a task. */
export function uploadResult(
  { answers }: PayUploadEndpoint,
  form: UploadForm,
  stored: StoredUpload,
): UploadResult {
  const media_id = newMediaId();
  switch (answers) {
    case "media_url":
    case "image_url": {
      const media_url = `https://qpic.cn/${media_id.slice(0, 40)}`;
      return { reply: { [answers]: media_url }, media_id, media_url };
    }
    case "file_id": {
      const file_id = crypto.randomUUID();
      return { reply: { file_id }, media_id: file_id };
    }
    case "task_id": {
      const task_id = media_id.slice(0, 32);
      const { package_id } = stored.parameters;
      return { reply: { task_id, package_id, filename: stored.filename }, media_id: task_id };
    }
    case "receipt":
      return receiptResult(form, stored, media_id.slice(0, 32));
    default:
      return { reply: { [answers]: media_id }, media_id };
  }
}

function receiptResult(
  { meta = {} }: UploadForm,
  { filename, digest, now }: StoredUpload,
  receipt_id: string,
): UploadResult {
  const { transaction_id, transaction_mchid, transaction_sub_mchid, openid, upload_time } = meta;
  const time = new Date(now).toISOString();
  const receipt = {
    receipt_id,
    state: "CREATED",
    transaction_id,
    transaction_mchid,
    transaction_sub_mchid,
    openid,
    sha256: digest,
    image_type: /png$/i.test(filename) ? "PNG" : "JPG",
    create_time: time,
    modify_time: time,
    upload_time,
  };
  return { reply: { receipt }, media_id: receipt_id };
}
