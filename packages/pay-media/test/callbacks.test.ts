// What a callback throws does not cost the result of an upload.

import { createPayClient, type UploadOptions } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { describe, expect, it } from "vitest";
import { failingCallbacks } from "../../../test/support/failing-callbacks.ts";
import { complaintImage } from "../src/endpoints.ts";
import { uploadImage, uploadMarketingImage, uploadPayFile, uploadVideo } from "../src/index.ts";

const picture = () => sampleFile("licence.jpg");
type Pay = ReturnType<typeof createPayClient>;

const uploads: Readonly<Record<string, (pay: Pay, options: UploadOptions) => Promise<object>>> = {
  uploadImage: (pay, options) => uploadImage(pay, picture(), options),
  uploadVideo: (pay, options) => uploadVideo(pay, sampleFile("clip.mp4"), options),
  uploadMarketingImage: (pay, options) => uploadMarketingImage(pay, picture(), options),
  uploadPayFile: (pay, options) => uploadPayFile(pay, complaintImage, picture(), options),
  "uploadImage of a stream": async (pay, options) => {
    const bytes = new Uint8Array(await picture().arrayBuffer());
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const stream = new Blob([bytes]).stream();
    return uploadImage(pay, { name: "a.jpg", size: bytes.length, sha256, stream }, options);
  },
};
describe.each(Object.entries(uploads))("%s", (_, upload) => {
  it.each(failingCallbacks)(
    "resolves with its result although onProgress %s, each time or once",
    async (_how, fail) => {
      const phases: string[] = [];
      for (let at = 0; ; at++) {
        const { fetch, control } = createEmulator();
        const pay = createPayClient({ ...credentials.pay, fetch });
        let called = 0;
        const result = await upload(pay, {
          onProgress({ phase, loaded, total }) {
            if (at === 0) phases.push(`${phase} ${loaded === total}`);
            called += 1;
            return at === 0 || called === at ? fail() : undefined;
          },
        });
        const [id] = Object.values(result) as [string];
        expect(id).not.toBe("");
        expect(control.journal.entries()).toHaveLength(1);
        expect(called).toBe(phases.length);
        if (at === phases.length) break;
      }
      expect(phases.at(-1)).toBe("upload true");
      expect(phases.length).toBeGreaterThan(1);
    },
  );
});
