import type { EmulatorOptions, Fault } from "@wechat-edge/emulator";
import { mpPaths, tokenPaths } from "./mp-peers/peer.ts";

/** Numbers that tell the two kinds of waiting apart; neither is a time. */
const TOKEN = 1;
const UPLOAD = 2;

/**
 * Puts the first `count` token calls and uploads of a client into one order: each token call is
 * answered when the upload with the token before has come, and the uploads when no token call waits.
 */
export function inTurn(count: number): Required<Pick<EmulatorOptions, "faults" | "sleep">> {
  const delay = (path: string, ms: number): Fault => ({
    kind: "delay",
    ms,
    match: { path },
    times: count,
  });
  const waitingTokens: (() => void)[] = [];
  const waitingUploads: (() => void)[] = [];
  let tokenIsOut = false;
  const next = (): void => {
    if (tokenIsOut) return;
    const token = waitingTokens.shift();
    if (token === undefined) {
      for (const upload of waitingUploads.splice(0)) upload();
      return;
    }
    tokenIsOut = true;
    token();
  };
  return {
    faults: [
      ...Object.values(tokenPaths).map((path) => delay(path, TOKEN)),
      delay(mpPaths.media, UPLOAD),
    ],
    sleep: (ms) =>
      new Promise((resolve) => {
        if (ms === UPLOAD) tokenIsOut = false;
        (ms === UPLOAD ? waitingUploads : waitingTokens).push(resolve);
        next();
      }),
  };
}
