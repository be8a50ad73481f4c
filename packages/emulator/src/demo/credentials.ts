import {
  merchantCertificate,
  merchantPrivateKey,
  merchantSerialNo,
  platformCertificate,
  platformCertificateSerialNo,
  platformPublicKey,
  platformPublicKeyId,
} from "./keys.ts";

/** What a merchant and a brand have alike. */
interface PayKeys {
  /** Serial number of the API certificate. */
  serialNo: string;
  /** PKCS#8 PEM. */
  privateKey: string;
  /** The API certificate (X.509 PEM). `createPayClient` does not need it; other clients do. */
  certificate: string;
  apiV3Key: string;
  /** The platform public key (SPKI PEM) and the platform certificate (X.509 PEM), by id. */
  platformKeys: readonly { readonly platformKeyId: string; readonly key: string }[];
}

/** Keys and ids of the demo merchant, its brand, account and third-party platform, in the form clients take them. */
export interface Credentials {
  /** Options for `createPayClient`. */
  pay: PayKeys & { mchid: string };
  /** The same for calls to /brand/…, which are signed in the name of a brand (品牌). */
  brand: PayKeys & { brandId: string };
  /** Options for `createMpClient`. */
  mp: { appid: string; secret: string };
  /** Options for `createMpPlatform`. */
  platform: {
    component_appid: string;
    component_appsecret: string;
    messageToken: string;
    encodingAESKey: string;
  };
}

const keys: PayKeys = {
  serialNo: merchantSerialNo,
  privateKey: merchantPrivateKey,
  certificate: merchantCertificate,
  apiV3Key: "wechat-edge-emulator-apiv3-key-0",
  platformKeys: [
    { platformKeyId: platformPublicKeyId, key: platformPublicKey },
    { platformKeyId: platformCertificateSerialNo, key: platformCertificate },
  ],
};

/**
 * The demo merchant, its brand, the demo account and the demo platform of every emulator. Pass them to
 * a client as they are.
 *
 * The keys are published with this package and work with an emulator only.
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * console.log(mp.baseUrl); // https://api.weixin.qq.com
 * ```
 */
export const credentials: Credentials = {
  pay: { mchid: "1900026201", ...keys },
  brand: { brandId: "40026201", ...keys },
  mp: { appid: "wx26e3b4a1c0d9f857", secret: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" },
  platform: {
    component_appid: "wx5d4c3b2a19087f6e",
    component_appsecret: "9a8b7c6d5e4f30211203f4e5d6c7b8a9",
    messageToken: "emulatorPlatform",
    encodingAESKey: "emulatorOnlyKeyOfTheDemoPlatform00000000000",
  },
};
