// curl-upload.sh as it stands; curl reads where the host is from its configuration file.

import { WECHAT_PAY } from "../hosts/domain.ts";
import { curl } from "../peers/curl.ts";
import { picture, platformCertificate, type StockClient } from "./stock-client.ts";

const { serial, key } = platformCertificate;

export const client: StockClient = {
  async upload() {
    const platformKey = { platformKeyId: serial, key };
    const upload = { origin: WECHAT_PAY, platformKey, kind: "image", file: picture } as const;
    return { value: await curl.upload(upload), verified: true };
  },
};
