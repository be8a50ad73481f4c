import type { AbortSignal } from "../../async/abort-signal.ts";
import { type Checkup, joinChecks } from "../../checkup.ts";
import { checkOptions, type OptionKinds } from "../../options.ts";
import { type PayClient, payParts } from "../client.ts";
import { requestIdOf } from "../reply.ts";
import { diagnose } from "./diagnose.ts";
import { examine } from "./examine.ts";
import type { PayCheck } from "./findings.ts";

/** Options of {@link checkPayClient}. */
export interface CheckPayClientOptions {
  /** Stops the check, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link checkPayClient} found. */
export type PayCheckup = Checkup<PayCheck>;

const CHECK_OPTIONS: OptionKinds<CheckPayClientOptions> = { signal: "signal" };

/**
 * Checks the set-up of a client with one harmless signed request, `GET /v3/certificates`, which moves no money and
 * uploads nothing. Each line of the result is passed, failed or unknown: network, clock, certificate (`serialNo` against
 * `mchid`), private key (against `serialNo`), platform keys, APIv3 key, the switch to the public key, and region.
 *
 * A second request follows only if the first reply is a probe, or does not know the merchant: it then asks the other
 * region, at WeChat's own host, or at `baseUrl` if you passed one. Nothing is repeated. Each request takes at most
 * `timeout`.
 *
 * @returns `{ ok, checks: [{ name, state, code, found, todo }], requests, requestId, text }`; what it finds is never
 *   thrown
 * @throws TypeError if `pay` is not a client from createPayClient, or an option is malformed
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { checkPayClient } from "@wechat-edge/core/pay-doctor";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch } = createEmulator(); // leave `fetch` out below, and this is WeChat Pay
 * const apiV3Key = "apiv3-key-of-another-merchant-00";
 * const pay = createPayClient({ ...credentials.pay, apiV3Key, fetch });
 * const { ok, checks, text } = await checkPayClient(pay);
 * console.log(ok, checks.find(({ state }) => state === "failed")?.code); // false api-v3-key-wrong
 * console.log(text.split("\n")[0]); // passed  network: https://api.mch.weixin.qq.com answered with status 200.
 * ```
 */
export async function checkPayClient(
  pay: PayClient,
  options: CheckPayClientOptions = {},
): Promise<PayCheckup> {
  checkOptions("checkPayClient", options, CHECK_OPTIONS);
  const parts = payParts(pay);
  options.signal?.throwIfAborted();
  const evidence = await examine(pay, parts, options.signal);
  const last = evidence.answers.at(-1);
  return joinChecks(diagnose(evidence), {
    requests: evidence.answers.length,
    requestId: last?.reply === undefined ? undefined : requestIdOf(last.reply),
  });
}
