/** What the Worker is given by its configuration; all are set with `wrangler secret put`. */
export interface Bindings {
  /** What callers send as `Authorization: Bearer …`. */
  readonly UPLOAD_TOKEN: string;
  readonly MCHID: string;
  /** Serial number of the merchant's API certificate. */
  readonly SERIAL_NO: string;
  /** The text of apiclient_key.pem. */
  readonly PRIVATE_KEY: string;
  /** `PUB_KEY_ID_…`, or the serial number of a platform certificate. */
  readonly PLATFORM_KEY_ID: string;
  /** The text of pub_key.pem or of the platform certificate. */
  readonly PLATFORM_KEY: string;
  /** Origin that replaces WeChat Pay's own, such as the emulator's. */
  readonly PAY_BASE_URL?: string;
}

/** The value of a binding. Throws ConfigurationError where it is not set, so that nothing works by half. */
export function required(
  bindings: Bindings,
  name: Exclude<keyof Bindings, "PAY_BASE_URL">,
): string {
  const value: string | undefined = bindings[name];
  if (value) return value;
  throw new ConfigurationError(`The Worker has no ${name}. Set it: wrangler secret put ${name}.`);
}

/** The Worker is not set up; whoever calls it can do nothing about that. */
export class ConfigurationError extends Error {
  override readonly name: string = "ConfigurationError";
}
