import { encryptSensitive, payRequest } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";
import { mediaFile, shorten } from "../media-file.ts";
import { emulatorClient, type Stage } from "../stage.ts";

const NAME = "张三";
const LABEL_COLUMNS = 24;

/** Uploads a licence and submits an application with it, for a merchant who has only an APIv3 key. */
export async function application(stage: Stage): Promise<number> {
  const { emulator, expectations, screen } = stage;
  const { control } = emulator;
  const { apiV3Key } = control.credentials.pay;
  const { pay, attempts } = emulatorClient(stage, { platformKeys: [], apiV3Key });
  const step = (holds: boolean, what: string, result: string): void => {
    screen.row(expectations.expect(holds, `${what}: ${result}`), [[what, LABEL_COLUMNS], [result]]);
  };
  screen.heading("An application with a picture", "the client downloads the platform certificates");

  const { media_id } = await uploadImage(pay, mediaFile("营业执照.jpg"));
  const [download] = attempts;
  step(
    download?.operation === "downloadCertificates",
    "platform certificates",
    `downloaded, decrypted and verified with ${shorten(download?.platformKeyId ?? "none", 19)}`,
  );
  step(media_id.length > 0, "营业执照.jpg", `media_id ${shorten(media_id, 16)}`);
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, NAME);
  const body = {
    business_code: "APPLYMENT_0001",
    contact_info: { contact_name: ciphertext },
    subject_info: { business_license_info: { license_copy: media_id } },
  };
  const call = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
  const { applyment_id } = await payRequest(pay, call, { platformKeyId });
  const [taken] = control.applyments;
  step(
    taken?.contact_name === NAME && taken.license_copy === media_id,
    "application",
    `applyment_id ${String(applyment_id)}; its encrypted name was read as ${taken?.contact_name ?? "?"}`,
  );
  return 1;
}
