import { encryptSensitive } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";
import { media } from "./media.ts";
import type { payInProcess } from "./pay.ts";

/** The application that a licence is uploaded for. */
export async function application(pay: ReturnType<typeof payInProcess>["pay"], name = "张三") {
  const { media_id } = await uploadImage(pay, await media("营业执照.jpg"));
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, name);
  const body = {
    business_code: "APPLYMENT_0001",
    contact_info: { contact_name: ciphertext },
    subject_info: { business_license_info: { license_copy: media_id } },
  };
  return { call: { method: "POST", path: "/v3/applyment4sub/applyment/", body }, platformKeyId };
}
