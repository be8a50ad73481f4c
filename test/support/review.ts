import { addMaterial } from "@wechat-edge/mp-media";
import { addDraft, submitPublication } from "@wechat-edge/mp-publish";
import { mpInProcess } from "./mp.ts";
import { picture } from "./publish-job.ts";

/** A client whose pauses pass on the emulator's clock, and an account with a cover. */
export async function reviewedInProcess(
  options: Parameters<typeof mpInProcess>[0] = {},
  emulatorOptions: Parameters<typeof mpInProcess>[1] = {},
) {
  const made = mpInProcess(
    {
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        made.emulator.control.clock.advance(ms);
      },
      ...options,
    },
    emulatorOptions,
  );
  const { mp, emulator } = made;
  const { media_id } = await addMaterial(mp, { type: "image" }, picture("cover.jpg", 300));
  const article = {
    thumb_media_id: media_id,
    title: "灯笼街",
    content: "<p>天还没亮透。</p>",
  };
  /** How often each path was called. */
  const timesOf = (path: string): number =>
    emulator.control.journal.entries().filter((entry) => entry.path === path).length;
  return { mp, emulator, article, timesOf };
}

/** A draft of two articles, submitted. */
export async function submittedInProcess(...options: Parameters<typeof reviewedInProcess>) {
  const made = await reviewedInProcess(...options);
  const { mp, article } = made;
  const articles = [article, { ...article, title: "第二篇" }];
  const { media_id } = await addDraft(mp, { articles });
  const { publish_id } = await submitPublication(mp, { media_id });
  return { ...made, media_id, publish_id };
}
