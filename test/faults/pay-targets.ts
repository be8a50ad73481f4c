// Every call of WeChat Pay that sends a request, with the requests that it sends.

import { encryptSensitive, type PayClient, payRequest } from "@wechat-edge/core";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { sampleFile } from "@wechat-edge/emulator/samples";
import {
  uploadImage,
  uploadMarketingImage,
  uploadPayFile,
  uploadVideo,
} from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { complaintImage } from "@wechat-edge/pay-media/endpoints";
import type { Kit } from "./kit.ts";
import { readToEnd, type Target } from "./target.ts";

const LICENCE = sampleFile("licence.jpg");
const CERTIFICATES = { path: "/v3/certificates" };
const APPLYMENT = { path: "/v3/applyment4sub/applyment/" };

/** Makes requests that apply for another merchant each time. */
async function applications(pay: PayClient) {
  const { media_id } = await uploadImage(pay, LICENCE);
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, "张三");
  let count = 0;
  const next = () => {
    count += 1;
    const body = {
      business_code: `APPLYMENT_${count}`,
      contact_info: { contact_name: ciphertext },
      subject_info: { business_license_info: { license_copy: media_id } },
    };
    return { method: "POST", ...APPLYMENT, body };
  };
  return { next, platformKeyId };
}

async function notification({ control }: Kit) {
  let got: { headers: Record<string, string>; body: string } | undefined;
  await control.notify({
    async to(request) {
      got = { headers: Object.fromEntries(request.headers), body: await request.text() };
      return new Response(null, { status: 204 });
    },
  });
  if (got === undefined) throw new Error("Nothing was sent.");
  return got;
}

export const payTargets: readonly Target[] = [
  {
    call: "uploadImage",
    kind: "may be repeated",
    request: { path: "/v3/merchant/media/upload" },
    begin: (kit) => () => uploadImage(kit.pay, LICENCE),
  },
  {
    call: "uploadVideo",
    kind: "may be repeated",
    request: { path: "/v3/merchant/media/video_upload" },
    begin: (kit) => () => uploadVideo(kit.pay, sampleFile("clip.mp4")),
  },
  {
    call: "uploadMarketingImage",
    kind: "may be repeated",
    request: { path: "/v3/marketing/favor/media/image-upload" },
    begin: (kit) => () => uploadMarketingImage(kit.pay, LICENCE, { rate: false }),
  },
  {
    call: "uploadPayFile",
    kind: "may be repeated",
    request: { path: "/v3/merchant-service/images/upload" },
    begin: (kit) => () => uploadPayFile(kit.pay, complaintImage, LICENCE),
  },
  {
    call: "payRequest",
    at: "GET",
    kind: "reads",
    request: CERTIFICATES,
    begin: (kit) => () => payRequest(kit.pay, { method: "GET", ...CERTIFICATES }),
  },
  {
    call: "payRequest",
    at: "POST",
    kind: "once",
    request: APPLYMENT,
    async begin(kit) {
      const { next, platformKeyId } = await applications(kit.pay);
      return () => payRequest(kit.pay, next(), { platformKeyId });
    },
  },
  {
    call: "downloadPayFile",
    kind: "reads",
    request: { path: "/v3/billdownload/file" },
    async begin(kit) {
      const bill_date = new Date(kit.control.clock.now() - 2 * 86_400_000)
        .toISOString()
        .slice(0, 10);
      const bill = { method: "GET", path: "/v3/bill/tradebill", query: { bill_date } };
      const { download_url, hash_type, hash_value } = await payRequest<{
        download_url: string;
        hash_type: "SHA1";
        hash_value: string;
      }>(kit.pay, bill);
      return async () =>
        readToEnd(await downloadPayFile(kit.pay, { download_url, hash_type, hash_value }));
    },
  },
  {
    call: "encryptSensitive",
    at: "the certificates",
    kind: "reads",
    request: CERTIFICATES,
    begin: (kit) => () => encryptSensitive(kit.payByCertificates(), "张三"),
  },
  {
    call: "uploadImage",
    at: "the certificates",
    kind: "may be repeated",
    request: CERTIFICATES,
    begin: (kit) => () => uploadImage(kit.payByCertificates(), LICENCE),
  },
  {
    call: "payRequest",
    at: "the certificates, for a POST",
    kind: "once",
    deed: APPLYMENT,
    request: CERTIFICATES,
    async begin(kit) {
      const { next, platformKeyId } = await applications(kit.payByCertificates());
      return () => payRequest(kit.payByCertificates(), next(), { platformKeyId });
    },
  },
  {
    call: "readNotification",
    at: "the certificates",
    kind: "reads",
    request: CERTIFICATES,
    async begin(kit) {
      const given = await notification(kit);
      return () => readNotification(kit.payByCertificates(), given);
    },
  },
  {
    call: "checkPayClient",
    kind: "reads",
    request: CERTIFICATES,
    begin: (kit) => () => checkPayClient(kit.payByCertificates()),
  },
];
