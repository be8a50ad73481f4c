// A page that uploads the file its visitor chose.

import { createMpClient } from "@wechat-edge/core";
import { uploadVideoMaterial, type VideoDetails } from "@wechat-edge/mp-publish";

/** The task of the page. */
export interface PageTask {
  readonly baseUrl: string;
  readonly appid: string;
  readonly secret: string;
  readonly details: VideoDetails;
}

declare global {
  interface Window {
    uploadChosen(task: PageTask): Promise<Record<string, unknown>>;
    /** Called once the upload has begun; the test may write to the file. */
    onBegin(): Promise<void>;
  }
}

window.uploadChosen = async ({ details, ...client }) => {
  const file = document.querySelector("input")?.files?.[0];
  if (file === undefined) return { message: "No file was chosen." };
  const mp = createMpClient(client);
  return uploadVideoMaterial(mp, details, file, {
    async onCheckpoint({ acked, phase }) {
      if (phase === "upload" && acked.length === 0) await window.onBegin();
    },
  }).catch(({ name, code, reason }: Error & { code?: string; reason?: string }) => ({
    name,
    code,
    reason,
  }));
};
