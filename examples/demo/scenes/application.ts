import { encryptSensitive, payRequest } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";
import { mediaFile, shorten } from "../media-file.ts";
import { emulatorClient, type Stage, showWith } from "../stage.ts";

const NAME = "张三";
const show = showWith(24);

/** Uploads a licence and submits an application with it, for a merchant who has only an APIv3 key. */
export async function application(stage: Stage): Promise<number> {
  const { emulator, screen } = stage;
  const { control } = emulator;
  const { apiV3Key } = control.credentials.pay;
  const { pay, attempts } = emulatorClient(stage, { platformKeys: [], apiV3Key });
  screen.heading("An application with a picture", "the client downloads the platform certificates");

  const { media_id } = await uploadImage(pay, mediaFile("营业执照.jpg"));
  const [download] = attempts;
  show(
    stage,
    "platform certificates",
    download?.operation === "downloadCertificates",
    `downloaded, decrypted and verified with ${shorten(download?.platformKeyId ?? "none", 19)}`,
  );
  show(stage, "营业执照.jpg", media_id.length > 0, `media_id ${shorten(media_id, 16)}`);
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, NAME);
  const body = {
    business_code: "APPLYMENT_0001",
    contact_info: { contact_name: ciphertext },
    subject_info: { business_license_info: { license_copy: media_id } },
  };
  const call = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
  const { applyment_id } = await payRequest(pay, call, { platformKeyId });
  const [taken] = control.applyments;
  show(
    stage,
    "application",
    taken?.contact_name === NAME && taken.license_copy === media_id,
    `applyment_id ${String(applyment_id)}; its encrypted name was read as ${taken?.contact_name ?? "?"}`,
  );
  return 1;
}
