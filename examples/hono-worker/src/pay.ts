import { createPayClient, KeyError, type PayClient } from "@wechat-edge/core";
import { type Bindings, ConfigurationError, required } from "./bindings.ts";

/** One client for each set of bindings, thus one an isolate: it keeps the imported keys. */
const clients = new WeakMap<Bindings, PayClient>();

/** The client of the merchant in the bindings. Throws ConfigurationError where they make none. */
export function payClient(bindings: Bindings): PayClient {
  const known = clients.get(bindings);
  if (known !== undefined) return known;
  const client = create(bindings);
  clients.set(bindings, client);
  return client;
}

function create(bindings: Bindings): PayClient {
  const options = {
    mchid: required(bindings, "MCHID"),
    serialNo: required(bindings, "SERIAL_NO"),
    privateKey: required(bindings, "PRIVATE_KEY"),
    platformKeys: [
      {
        platformKeyId: required(bindings, "PLATFORM_KEY_ID"),
        key: required(bindings, "PLATFORM_KEY"),
      },
    ],
    baseUrl: bindings.PAY_BASE_URL || undefined,
  };
  try {
    return createPayClient(options);
  } catch (error) {
    // A TypeError shows the value it refuses, which may be a key that was put in the wrong place.
    const why = error instanceof KeyError ? error.message : "One of them is malformed.";
    throw new ConfigurationError(
      `MCHID, SERIAL_NO, PRIVATE_KEY, PLATFORM_KEY_ID, PLATFORM_KEY and PAY_BASE_URL make no client of WeChat Pay: ${why}`,
    );
  }
}
