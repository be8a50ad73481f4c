import type { WechatError } from "../errors.ts";
import { SignatureError } from "./errors.ts";

/**
 * WeChat sends wrong signatures on purpose, as probes, but never for a repeated request: a second one in the same call
 * is not a probe. Returns the rule that `withRetry` asks after each failure.
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
