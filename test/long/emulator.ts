import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { picture, pictureSha256 } from "./application.ts";

export interface UploadTask {
  readonly baseUrl: string;
  readonly pay: Pick<typeof credentials.pay, "mchid" | "serialNo" | "privateKey" | "platformKeys">;
  /** base64. */
  readonly picture: string;
}

/** An emulator for the tests of a file: what an application uploads has to arrive there. */
export function useEmulator(): { task(): UploadTask; expectUpload(media_id: unknown): void } {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, cors: true });
  });
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());
  return {
    task() {
      const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
      const pay = { mchid, serialNo, privateKey, platformKeys };
      return { baseUrl: emulator.baseUrl, pay, picture: picture.toString("base64") };
    },
    expectUpload(media_id) {
      const stored = emulator.control.payMedia.map(({ filename, sha256, ...one }) => [
        filename,
        sha256,
        "media_id" in one ? one.media_id : undefined,
      ]);
      expect(stored).toEqual([["licence.jpg", pictureSha256, media_id]]);
    },
  };
}
