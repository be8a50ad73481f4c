import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import type { MediaType } from "@wechat-edge/mp-media";
import { mpInProcess } from "./mp.ts";

/** One file of each kind, and what a download says it is. */
export const FILES: Readonly<Record<MediaType, { name: string; mime: string }>> = {
  image: { name: "cover.jpg", mime: "image/jpeg" },
  voice: { name: "voice.amr", mime: "audio/amr" },
  video: { name: "clip.mp4", mime: "video/mp4" },
  thumb: { name: "thumb.jpg", mime: "image/jpeg" },
};
export const TYPES: readonly MediaType[] = Object.keys(FILES) as MediaType[];

interface SeenRequest {
  readonly method: string | undefined;
  readonly url: URL;
  readonly contentType: string | null;
  text(): Promise<string>;
}

/** A client in process whose requests and JSON replies are kept. */
export function spied(options: Partial<Parameters<typeof createMpClient>[0]> = {}) {
  const requests: SeenRequest[] = [];
  const replies: unknown[] = [];
  const { emulator } = mpInProcess();
  const mp = createMpClient({
    ...credentials.mp,
    ...options,
    async fetch(input, init) {
      const body = init?.body as Blob | null;
      requests.push({
        method: init?.method,
        url: new URL(input),
        contentType: new Headers(init?.headers).get("content-type"),
        text: () => new Response(body).text(),
      });
      const reply = await emulator.fetch(input, init);
      replies.push(
        await reply
          .clone()
          .json()
          .catch(() => undefined),
      );
      return reply;
    },
  });
  return { mp, emulator, requests, replies };
}
