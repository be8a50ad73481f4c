import {
  merchantPrivateKey,
  merchantSerialNo,
  platformCertificate,
  platformCertificateSerialNo,
  platformPublicKey,
  platformPublicKeyId,
} from "./keys.ts";

/** What a client must know of the demo merchant and the demo account, in the form clients take it. */
export interface Credentials {
  pay: {
    mchid: string;
    serialNo: string;
    /** PKCS#8 PEM. */
    privateKey: string;
    apiV3Key: string;
    /** A `PUB_KEY_ID_…` with its SPKI PEM, and a certificate serial with its X.509 PEM. */
    platformKeys: readonly { readonly platformKeyId: string; readonly key: string }[];
  };
  mp: { appid: string; secret: string };
}

/**
 * The merchant and the account that every emulator knows: hand them to a client as they are.
 *
 * They are demo keys, published with this package, and open nothing but an emulator.
 */
export const credentials: Credentials = {
  pay: {
    mchid: "1900026201",
    serialNo: merchantSerialNo,
    privateKey: merchantPrivateKey,
    apiV3Key: "wechat-edge-emulator-apiv3-key-0",
    platformKeys: [
      { platformKeyId: platformPublicKeyId, key: platformPublicKey },
      { platformKeyId: platformCertificateSerialNo, key: platformCertificate },
    ],
  },
  mp: { appid: "wx26e3b4a1c0d9f857", secret: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" },
};
