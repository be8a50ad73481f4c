// The answer to an unknown outcome. All crash tests of jobs take it from here.

import type { Control } from "@wechat-edge/emulator";
import type { PublishJob } from "@wechat-edge/mp-publish";

/**
 * What somebody answers who looks at the place that the error names.
 *
 * @param attempt - of the error, which the answer names where there is one
 */
export function answerTo(
  control: Control,
  target: PublishJob["target"],
  { step, attempt }: { readonly step: string; readonly attempt?: unknown },
): unknown {
  const found = lookFor(control, target, step);
  if (attempt === undefined) return found ?? "nothing";
  return { attempt, ...(found ?? { outcome: "nothing" }) };
}

function lookFor(
  control: Control,
  target: PublishJob["target"],
  step: string,
): { media_id: string } | { publish_id: string } | undefined {
  if (step === "submitPublication") {
    const [publication] = control.publications.list();
    return publication && { publish_id: publication.publish_id };
  }
  if (step === "saveVideo" || step === "uploadVideoMaterial") {
    const media_id = control.videos.list().find((video) => video.mediaIds.length > 0)?.media_id;
    return media_id === undefined ? undefined : { media_id };
  }
  const [article] = target === "publish-library" ? control.news.list() : control.drafts.list();
  return article && { media_id: article.media_id };
}
