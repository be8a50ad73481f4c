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
  const error = job.unknown as OutcomeUnknownError & { readonly attempt?: string };
  const { step, attempt } = error;
  const calls = job.once.filter(({ what }) => what === step);
  const found = calls.find(({ done, answeredNothing }) => done && !answeredNothing);
  const isTrue = strict || random.chance(0.7);
  const id = isTrue ? found?.id : undefined;
  const isVideo = job.what.kind === "video";
  // Without attempts, the save of a video has no answer that names what was found.
  if (id === undefined || (isVideo && attempt === undefined)) {
    for (const call of calls) call.answeredNothing = true;
  }
  if (attempt === undefined) {
    if (isVideo) return { retryUnknown: true };
    return { resolution: id === undefined ? "nothing" : named(step, id) };
  }
  const resolution = id === undefined ? { outcome: "nothing" } : named(step, id);
  return { resolution: { attempt, ...resolution } as unknown as OutcomeResolution };
}

function named(step: string, id: string): { media_id: string } | { publish_id: string } {
  return step === "submitPublication" ? { publish_id: id } : { media_id: id };
}
