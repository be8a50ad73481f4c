import type { Emulator } from "@wechat-edge/emulator";
import type { OnceOnly } from "../jobs/once-only.ts";

/** Finds out whether a call that must not be made twice was done: by what WeChat has then, whatever it answered. */
export interface WhatWasDone {
  /** Runs a call and notes in its record whether it was done, and the id that it made. */
  watch<T>(record: OnceOnly, call: () => Promise<T>): Promise<T>;
}

export function createWhatWasDone({ control }: Emulator): WhatWasDone {
  const claimed = new Set<string>();
  const lists: Readonly<Record<string, () => readonly (string | number | undefined)[]>> = {
    addDraft: () => [
      ...control.drafts.list().map(({ media_id }) => media_id),
      ...control.publications.list().map(({ media_id }) => media_id),
    ],
    addNews: () => control.news.list().map(({ media_id }) => media_id),
    submitPublication: () => control.publications.list().map(({ publish_id }) => publish_id),
    addMaterial: () =>
      control.mpMedia.filter(({ kind }) => kind === "permanent").map(({ media_id }) => media_id),
    saveVideo: () => control.videos.list().flatMap(({ mediaIds }) => mediaIds),
    sendMedia: () => control.messages.map((_, number) => number),
    payRequest: () => control.applyments.map(({ applyment_id }) => applyment_id),
  };
  const idsOf = (what: string): string[] => {
    return (lists[what]?.() ?? []).map((id) => `${what} ${id}`);
  };
  return {
    async watch(record, call) {
      const before = new Set(idsOf(record.what));
      try {
        return await call();
      } finally {
        const made = idsOf(record.what).find((id) => !before.has(id) && !claimed.has(id));
        if (made !== undefined) {
          claimed.add(made);
          record.done = true;
          record.id = made.slice(record.what.length + 1);
        }
      }
    },
  };
}
