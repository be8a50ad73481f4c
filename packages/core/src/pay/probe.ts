import type { WechatError } from "../errors.ts";
import { SignatureError } from "./errors.ts";

/**
 * WeChat's probes are wrong signatures on purpose, and it does not probe a repetition: a second one in the same call is
 * no probe. Gives the rule that `withRetry` asks after each failure.
 */
export function repeatableAfterOneProbe(
  mayRepeat: (error: WechatError) => boolean,
): (error: WechatError) => boolean {
  let probes = 0;
  return (error) => {
    if (error instanceof SignatureError && error.probe) probes += 1;
    return probes <= 1 && mayRepeat(error);
  };
}
