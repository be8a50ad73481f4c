import type { OutcomeUnknownError } from "@wechat-edge/core";
import type { OutcomeResolution } from "@wechat-edge/mp-publish";
import type { Random } from "../random.ts";
import type { Answer, JobRecord } from "./job-record.ts";

/**
 * Answers an unknown outcome as somebody does who has looked at mp.weixin.qq.com. This is the one place that knows how a
 * job is answered.
 *
 * @param strict - whether the answer is always true; otherwise "nothing" is at times said of what was done
 */
export function answerUnknown(job: JobRecord, strict: boolean, random: Random): Answer {
  const error = job.unknown as OutcomeUnknownError;
  const calls = job.once.filter(({ what }) => what === error.step);
  const found = calls.find(({ done, answeredNothing }) => done && !answeredNothing);
  const isTrue = strict || random.chance(0.7);
  if (found?.id === undefined || !isTrue) {
    for (const call of calls) call.answeredNothing = true;
    return job.what.kind === "video" ? { retryUnknown: true } : { resolution: "nothing" };
  }
  // The save of a video has no answer that names what was found: saying that it is not there is all there is.
  if (job.what.kind === "video") {
    for (const call of calls) call.answeredNothing = true;
    return { retryUnknown: true };
  }
  const { id } = found;
  const resolution: OutcomeResolution =
    error.step === "submitPublication" ? { publish_id: String(id) } : { media_id: id };
  return { resolution };
}
