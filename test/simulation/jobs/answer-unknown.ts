import type { OutcomeUnknownError } from "@wechat-edge/core";
import type { Random } from "../random.ts";
import type { Answer, JobRecord } from "./job-record.ts";

/**
 * Answers an unknown outcome as somebody does who has looked at mp.weixin.qq.com. This is the one place that knows how a
 * job is answered.
 *
 * @param strict - whether the answer is always true; otherwise "nothing" is at times said of what was done
 */
export function answerUnknown(job: JobRecord, strict: boolean, random: Random): Answer {
  const { step, attempt } = job.unknown as OutcomeUnknownError;
  const calls = job.once.filter(({ what }) => what === step);
  const found = calls.find(({ done, answeredNothing }) => done && !answeredNothing);
  const isTrue = strict || random.chance(0.7);
  const id = isTrue ? found?.id : undefined;
  if (id === undefined) for (const call of calls) call.answeredNothing = true;
  if (attempt === undefined) throw new Error(`No attempt is named after ${step}.`);
  const told = id === undefined ? ({ outcome: "nothing" } as const) : named(step, id);
  return { resolution: { attempt, ...told } };
}

function named(step: string, id: string): { media_id: string } | { publish_id: string } {
  return step === "submitPublication" ? { publish_id: id } : { media_id: id };
}
