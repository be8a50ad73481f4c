import { authorization } from "./authorization.ts";
import { merchantKey, platformKey } from "./key.ts";
import type { Reply } from "./send.ts";
import { requestMessage, sign } from "./signature.ts";
import { createTransport, type SharedOptions, type Transport } from "./transport.ts";
import { verifyReply } from "./verify.ts";

/** Where a merchant's account is kept: mainland China, or WeChat Pay Global (Hong Kong). */
export type PayRegion = "mainland" | "global";

/** A key of WeChat Pay's own: its public key (`PUB_KEY_ID_…`) or a platform certificate (its serial number). */
export interface PlatformKey {
  readonly id: string;
  /** SPKI or X.509 as PEM, or a CryptoKey for verify. */
  readonly key: string | CryptoKey;
}

/** What {@link createPayClient} needs. */
export interface PayClientOptions extends SharedOptions {
  /** Merchant number. */
  readonly mchid: string;
  /** Serial number of the merchant API certificate, in hexadecimal. */
  readonly serialNo: string;
  /** The merchant's private key: PEM (PKCS#8 or PKCS#1) or a CryptoKey for sign. */
  readonly privateKey: string | CryptoKey;
  /** Keys that replies may be signed with; both kinds at once are normal during a switch. */
  readonly platformKeys: readonly PlatformKey[];
  /** `mainland` by default. */
  readonly region?: PayRegion | undefined;
  /** Origin that replaces WeChat's own, such as the backup host, a relay of yours or the emulator. */
  readonly baseUrl?: string | undefined;
}

/** A merchant's identity and transport. It holds no readable key. */
export interface PayClient {
  readonly mchid: string;
  readonly serialNo: string;
  readonly region: PayRegion;
  readonly origin: string;
  /** The platform key that replies are asked to be signed with (`Wechatpay-Serial` of the request). */
  readonly wantedSerial: string | undefined;
  readonly transport: Transport;
  /** The Authorization header for a request, with a timestamp and nonce of its own. */
  authorize(request: { method: string; path: string; body: Uint8Array }): Promise<string>;
  /** Throws SignatureError unless a platform key signed the reply just now. */
  verify(reply: Reply): Promise<void>;
}

const ORIGINS: Readonly<Record<PayRegion, string>> = {
  mainland: "https://api.mch.weixin.qq.com",
  global: "https://apihk.mch.weixin.qq.com",
};

/**
 * Makes a client of WeChat Pay v3. Nothing is sent.
 *
 * @throws TypeError where an option is missing or malformed; KeyError where a PEM shows by its label that it is
 * no usable key. Keys are imported on first use, and a key that is not RSA of 2048 bits is a KeyError then.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * const pay = createPayClient({
 *   mchid: "1900007291",
 *   serialNo: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
 *   privateKey: merchantPem, // the text of apiclient_key.pem
 *   platformKeys: [{ id: "PUB_KEY_ID_0119000072912024101100397200000006", key: platformPem }],
 * });
 * console.log(pay.origin); // https://api.mch.weixin.qq.com
 * ```
 */
export function createPayClient(options: PayClientOptions): PayClient {
  const { mchid, serialNo, region = "mainland" } = options;
  requireText("mchid", mchid, /^[A-Za-z0-9_-]{1,32}$/, "the merchant number");
  requireText(
    "serialNo",
    serialNo,
    /^[0-9A-Fa-f]+$/,
    "the hexadecimal serial of the merchant certificate",
  );
  const home = ORIGINS[region];
  if (home === undefined) {
    throw new TypeError(`region must be "mainland" or "global", not ${JSON.stringify(region)}.`);
  }
  const privateKey = merchantKey(options.privateKey);
  const platformKeys = readPlatformKeys(options);
  const transport = createTransport(options);
  const ids = [...platformKeys.keys()];
  return {
    mchid,
    serialNo,
    region,
    origin: options.baseUrl === undefined ? home : readOrigin(options.baseUrl),
    wantedSerial: ids.find((id) => id.startsWith("PUB_KEY_ID_")),
    transport,
    async authorize({ method, path, body }) {
      const timestamp = String(Math.floor(transport.now() / 1000));
      const nonce = transport.nonce();
      const message = requestMessage({ method, path, timestamp, nonce, body });
      const signature = await sign(await privateKey(), message);
      return authorization({ mchid, nonce, timestamp, serialNo, signature });
    },
    verify: (reply) => verifyReply(platformKeys, reply, transport.now()),
  };
}

function readPlatformKeys({
  platformKeys,
  serialNo,
}: PayClientOptions): ReadonlyMap<string, ReturnType<typeof platformKey>> {
  if (!Array.isArray(platformKeys) || platformKeys.length === 0) {
    throw new TypeError(
      "platformKeys must hold at least one { id, key } of WeChat Pay's own, else no reply could be trusted.",
    );
  }
  return new Map(
    platformKeys.map(({ id, key }) => {
      requireText(
        "platformKeys id",
        id,
        /^[A-Za-z0-9_]+$/,
        "PUB_KEY_ID_… or a certificate's serial",
      );
      if (id.toUpperCase() === serialNo.toUpperCase()) {
        throw new TypeError(
          `platformKeys ${id} is the merchant's own serialNo. Give WeChat Pay's key there, not the merchant's.`,
        );
      }
      return [id, platformKey(key, id)];
    }),
  );
}

function requireText(name: string, value: unknown, pattern: RegExp, what: string): void {
  if (typeof value !== "string" || !pattern.test(value)) {
    // The value is not shown: it may be a key that was put in the wrong place.
    const given = typeof value === "string" ? `a text of ${value.length} characters` : typeof value;
    throw new TypeError(`${name} must be ${what}, not ${given}.`);
  }
}

/** Only the host is replaced: the path is signed, so a prefix would have to be signed too. */
function readOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const bare = url !== undefined && url.pathname === "/" && url.search === "" && url.hash === "";
  if (!bare || !/^https?:$/.test(url.protocol) || url.username !== "") {
    throw new TypeError(
      `baseUrl must be an http or https origin without a path, such as "https://api2.mch.weixin.qq.com", not ${JSON.stringify(baseUrl)}.`,
    );
  }
  return url.origin;
}
