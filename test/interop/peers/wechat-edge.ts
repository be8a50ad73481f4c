import { basename } from "node:path";
import { createPayClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage, uploadMarketingImage, uploadVideo } from "@wechat-edge/pay-media";
import { mediaOf, type Peer, readUpload } from "./peer.ts";

const operations = {
  image: uploadImage,
  video: uploadVideo,
  "marketing picture": uploadMarketingImage,
};

export const wechatEdge: Peer = {
  name: "wechat-edge",
  verifies: true,
  async upload({ origin, platformKey, kind, file }) {
    const { mchid, serialNo, privateKey } = credentials.pay;
    const pay = createPayClient({
      mchid,
      serialNo,
      privateKey,
      platformKeys: [platformKey],
      baseUrl: origin,
      retry: false,
    });
    const { bytes } = await readUpload(file);
    return mediaOf(await operations[kind](pay, new File([bytes], basename(file))));
  },
};
