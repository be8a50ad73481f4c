// A Worker that uploads a video from its R2 bucket, a slice with each request.

import type { R2Bucket } from "@cloudflare/workers-types";
import { createMpClient } from "@wechat-edge/core";
import { uploadVideoMaterial, type VideoDetails } from "@wechat-edge/mp-publish";
import { r2File } from "../../video-sources/r2-file.ts";

interface Bindings {
  readonly VIDEOS: R2Bucket;
  readonly APPID: string;
  readonly SECRET: string;
  readonly ORIGIN: string;
}

/** The body of a request. */
export interface SliceTask {
  readonly details: VideoDetails;
  readonly key: string;
  readonly sha1?: string;
  readonly maxBlocks?: number;
  readonly checkpoint?: string;
  /** What happens to the object once the upload has begun. */
  readonly change?: "content" | "shorter" | "gone";
}

export default {
  async fetch(request: Request, { VIDEOS, APPID, SECRET, ORIGIN }: Bindings): Promise<Response> {
    if (request.method === "PUT") {
      await VIDEOS.put(new URL(request.url).pathname.slice(1), await request.arrayBuffer());
      return new Response(null, { status: 204 });
    }
    const { details, key, change, ...options } = (await request.json()) as SliceTask;
    const mp = createMpClient({ appid: APPID, secret: SECRET, baseUrl: ORIGIN });
    const replace = async (): Promise<void> => {
      const object = await VIDEOS.get(key);
      const bytes = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
      if (change === "gone") await VIDEOS.delete(key);
      else if (change === "shorter") await VIDEOS.put(key, bytes.subarray(0, 10));
      else await VIDEOS.put(key, bytes.toReversed());
    };
    const outcome = await r2File(VIDEOS, key)
      .then((file) =>
        uploadVideoMaterial(mp, details, file, {
          ...options,
          async onCheckpoint({ acked }) {
            if (change !== undefined && acked.length === 0) await replace();
          },
        }),
      )
      .catch(({ name, code, reason, message }: Error & { code?: string; reason?: string }) => ({
        name,
        code,
        reason,
        message,
      }));
    return Response.json(outcome);
  },
};
