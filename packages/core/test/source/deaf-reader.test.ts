import { digest, inspect, type RandomAccessFile } from "@wechat-edge/core";
import { uploadMedia } from "@wechat-edge/mp-media";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { mpInProcess } from "../../../../test/support/mp.ts";
import { payInProcess } from "../../../../test/support/pay.ts";
import { details } from "../../../../test/support/video.ts";

describe("a reader that does not listen to the signal", () => {
  const reason = new Error("no longer wanted");
  const gone = new Error("disk gone");
  const { pay, emulator: ofPay } = payInProcess();
  const { mp, emulator: ofMp } = mpInProcess();

  type Reading = (file: RandomAccessFile, signal: AbortSignal) => Promise<unknown>;
  const readings: Readonly<Record<string, readonly [extension: string, Reading]>> = {
    digest: ["jpg", (file, signal) => digest(file, "SHA-256", { signal })],
    inspect: ["jpg", (file, signal) => inspect(file, { signal })],
    uploadImage: ["jpg", (file, signal) => uploadImage(pay, file, { signal })],
    uploadMedia: ["jpg", (file, signal) => uploadMedia(mp, { type: "image" }, file, { signal })],
    uploadVideoMaterial: [
      "mp4",
      (file, signal) => uploadVideoMaterial(mp, details, file, { signal }),
    ],
  };
  for (const [what, [extension, start]] of Object.entries(readings)) {
    /** The outcome where a read does this. */
    const outcome = (read: (stop: AbortController) => Promise<Uint8Array>): Promise<unknown> => {
      const stop = new AbortController();
      const file = { name: `a.${extension}`, size: 5000, read: () => read(stop) };
      return start(file, stop.signal).catch((error: unknown) => error);
    };

    it(`does not keep ${what} from ending with its reason`, async () => {
      const never = (stop: AbortController) => {
        setTimeout(() => stop.abort(reason));
        return new Promise<Uint8Array>(() => undefined);
      };
      expect(await outcome(never)).toBe(reason);
    });

    it(`may fail after ${what} has ended: nobody is told`, async () => {
      let fail = (): void => undefined;
      const late = (stop: AbortController) => {
        setTimeout(() => stop.abort(reason));
        return new Promise<Uint8Array>((_, reject) => {
          fail = () => reject(gone);
        });
      };
      expect(await outcome(late)).toBe(reason);
      fail();
      // A rejection that nobody handles would now fail the run.
      await new Promise((resolve) => setTimeout(resolve));
    });

    it(`may throw at once: ${what} rejects with that, or with the reason of what aborted before`, async () => {
      const thrown = (): never => {
        throw gone;
      };
      expect(await outcome(thrown)).toBe(gone);
      const aborted = (stop: AbortController): never => {
        stop.abort(reason);
        throw gone;
      };
      expect(await outcome(aborted)).toBe(reason);
    });
  }

  it("has had nothing sent", () => {
    expect(ofPay.control.journal.entries()).toEqual([]);
    expect(ofMp.control.journal.entries()).toEqual([]);
  });
});
