import { createPayClient, KeyError, type PayClient } from "@wechat-edge/core";
import { type Bindings, ConfigurationError, required } from "./bindings.ts";

/** One client for each isolate, so that keys are imported once. */
const clients = new WeakMap<Bindings, PayClient>();

/** Returns the client of the merchant. Throws ConfigurationError if a secret is missing or malformed. */
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
    apiV3Key: bindings.API_V3_KEY || undefined,
    baseUrl: bindings.PAY_BASE_URL || undefined,
  };
  try {
    return createPayClient(options);
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof TypeError)) throw error;
    // The message names the option and what is wrong with it, and never shows its value.
    throw new ConfigurationError(`A secret of this Worker cannot be used: ${error.message}`);
  }
}
