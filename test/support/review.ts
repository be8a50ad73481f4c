import { addMaterial } from "@wechat-edge/mp-media";
import { media } from "./media.ts";
import { mpInProcess } from "./mp.ts";

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
  const { media_id } = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
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
