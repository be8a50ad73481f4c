import type { AbortSignal } from "../../async/abort-signal.ts";
import { type Checkup, joinChecks } from "../../checkup.ts";
import { checkOptions, type OptionKinds } from "../../options.ts";
import { type MpClient, mpParts } from "../client.ts";
import { diagnose, lastRid } from "./diagnose.ts";
import { examine } from "./examine.ts";
import type { MpCheck } from "./findings.ts";

/** Options of {@link checkMpClient}. */
export interface CheckMpClientOptions {
  /** Stops the check, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link checkMpClient} found; `requestId` is the `rid` of the last refusal. */
export type MpCheckup = Checkup<MpCheck>;

const CHECK_OPTIONS: OptionKinds<CheckMpClientOptions> = { signal: "signal" };

/**
 * Checks the set-up of a client of an Official Account with at most seven harmless requests, which change nothing. Each
 * line of the result is passed, failed or unknown: network, clock, appid, AppSecret, IP whitelist, account, access_token,
 * the rights to add material, drafts, publications and to the publish library, and today's quotas.
 *
 * It asks once without a token, takes a token, counts the material, and asks `openapi/quota/get` for four calls; with
 * `getAccessToken` also whose token it is. It stops where an answer makes the others pointless. Nothing is repeated, no
 * new token is forced, and none of what has a small quota is called. With `token: "plain"` it takes a token only if the
 * client has none, as every first call does. Each request takes at most `timeout`.
 *
 * @returns `{ ok, checks: [{ name, state, code, found, todo }], requests, requestId, text }`; what it finds is never
 *   thrown
 * @throws TypeError if `mp` is not a client from createMpClient, or an option is malformed
 * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getapiquota
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { checkMpClient } from "@wechat-edge/core/mp-doctor";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch } = createEmulator(); // leave `fetch` out below, and this is WeChat
 * const secret = "0123456789abcdef0123456789abcdef"; // of another account, by mistake
 * const mp = createMpClient({ ...credentials.mp, secret, fetch });
 * const { ok, checks, text } = await checkMpClient(mp);
 * console.log(ok, checks.find(({ state }) => state === "failed")?.code); // false secret-wrong
 * console.log(text.split("\n")[0]); // passed  network: https://api.weixin.qq.com answered.
 * ```
 */
export async function checkMpClient(
  mp: MpClient,
  options: CheckMpClientOptions = {},
): Promise<MpCheckup> {
  checkOptions("checkMpClient", options, CHECK_OPTIONS);
  const parts = mpParts(mp);
  options.signal?.throwIfAborted();
  const evidence = await examine(mp, parts, options.signal);
  return joinChecks(diagnose(evidence), {
    requests: evidence.requests,
    requestId: lastRid(evidence),
  });
}
