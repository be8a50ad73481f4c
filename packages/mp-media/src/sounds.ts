import { MediaError } from "@wechat-edge/core";
import {
  mp3Start,
  type Sound,
  type SoundChecks,
  soundOf,
  type WechatAnswers,
} from "@wechat-edge/core/internal/upload";
import type { MediaLimits } from "./limits.ts";

/** An MP3 that was cut at 60 s holds up to two more frames, because encoders pad. */
const DURATION_TOLERANCE_SECONDS = 0.1;

/** How a call that takes sounds finds, reads and checks them. */
export const SOUND_CHECKS: SoundChecks<MediaLimits> = {
  findMp3: mp3Start,
  readSound: soundOf,
  check: checkSound,
};

function checkSound(
  name: string,
  { duration, truncated }: Sound,
  { maxSeconds, truncatedSound }: MediaLimits,
  answers: WechatAnswers,
): void {
  if ((duration === 0 || truncated === true) && !truncatedSound) {
    const what = duration === 0 ? "has no whole frame" : "ends in the middle of a frame";
    throw new MediaError(
      `${JSON.stringify(name)} ${what}: the recording was cut off. Record it again, or set limits.truncatedSound to true.`,
      {
        reason: "format",
        expected: "whole frames",
        actual: what,
        option: "limits.truncatedSound",
      },
    );
  }
  if (duration === undefined || duration <= maxSeconds + DURATION_TOLERANCE_SECONDS) return;
  throw new MediaError(
    `${JSON.stringify(name)} lasts ${duration.toFixed(2)} s; at most ${maxSeconds} s are allowed. Shorten it, or raise limits.maxSeconds.`,
    {
      reason: "duration",
      expected: `at most ${maxSeconds} s`,
      actual: `${duration.toFixed(2)} s`,
      answer: answers.duration,
      option: "limits.maxSeconds",
    },
  );
}
