/** The secrets of the Worker, set with `wrangler secret put`. */
export interface Bindings {
  /** The token that callers send as `Authorization: Bearer …`. */
  readonly UPLOAD_TOKEN: string;
  /** Merchant number (商户号). */
  readonly MCHID: string;
  /** Serial number of the merchant API certificate, hexadecimal. */
  readonly SERIAL_NO: string;
  /** The text of apiclient_key.pem, not its path. */
  readonly PRIVATE_KEY: string;
  /** Id of the platform public key (`PUB_KEY_ID_…`), or serial number of a platform certificate. */
  readonly PLATFORM_KEY_ID: string;
  /** The text of pub_key.pem, or of that platform certificate. */
  readonly PLATFORM_KEY: string;
  /** The APIv3 key (APIv3密钥), 32 characters. Notifications need it; with it, platform certificates are downloaded too. */
  readonly API_V3_KEY?: string;
  /** Optional: a KV namespace that remembers notifications. */
  readonly NOTIFICATIONS?: KeyValues;
  /** Optional: another origin than https://api.mch.weixin.qq.com, such as the emulator's. */
  readonly PAY_BASE_URL?: string;
}

/** What this Worker uses of a KV namespace. */
export interface KeyValues {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
}

/** Returns the value of a secret. Throws ConfigurationError if it is not set. */
export function required(
  bindings: Bindings,
  name: Exclude<keyof Bindings, "PAY_BASE_URL" | "NOTIFICATIONS">,
): string {
  const value: string | undefined = bindings[name];
  if (value) return value;
  throw new ConfigurationError(
    `The secret ${name} of this Worker is not set. Run: wrangler secret put ${name}`,
  );
}

/** A secret is missing or cannot be used: for the operator of the Worker to mend, not for its callers. */
export class ConfigurationError extends Error {
  override readonly name: string = "ConfigurationError";
}
