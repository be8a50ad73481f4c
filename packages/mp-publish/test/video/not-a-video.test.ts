// What is not taken for a video, and what is.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { badMedia, fixture } from "../../../../test/support/media.ts";
import { failure } from "../../../../test/support/mp.ts";
import { details, videoBytes, videoInProcess } from "../../../../test/support/video.ts";

describe("not a video", () => {
  const refused: [name: string, reason: string, make: () => Promise<File> | File][] = [
    ["a string named .mp4", "format", () => badMedia("not-a-video.mp4")],
    [
      "a picture named .mp4",
      "format",
      async () => new File([await fixture("png-8-bit.png")], "a.mp4"),
    ],
    ["a sound named .mp4", "format", async () => new File([await fixture("mp3-cbr.mp3")], "a.mp4")],
    ["an MP4 named .exe", "extension", () => new File([videoBytes(100)], "film.exe")],
    ["without an extension", "extension", () => new File([videoBytes(100)], "film")],
    ["with a path for a name", "name", () => new File([videoBytes(100)], "a\\film.mp4")],
    [
      "with a name of 256 characters",
      "name",
      () => new File([videoBytes(9)], `${"a".repeat(252)}.mp4`),
    ],
  ];
  for (const [what, reason, make] of refused) {
    it(`${what}: nothing is sent`, async () => {
      const { mp, calls } = videoInProcess();
      const error = await failure(uploadVideoMaterial(mp, details, await make()));
      expect(error).toMatchObject({ name: "MediaError", code: "ERR_MEDIA", reason });
      expect(calls()).toEqual([]);
    });
  }

  it("without a name: nothing is sent", async () => {
    const { mp, calls } = videoInProcess();
    const error = await failure(uploadVideoMaterial(mp, details, videoBytes(100)));
    expect(error).toMatchObject({ code: "ERR_MEDIA", reason: "name" });
    expect(calls()).toEqual([]);
  });

  it("a stream cannot be read twice: TypeError", async () => {
    const { mp, calls } = videoInProcess();
    const stream = new Blob([videoBytes(100)]).stream() as never;
    await expect(uploadVideoMaterial(mp, details, stream)).rejects.toThrow(TypeError);
    expect(calls()).toEqual([]);
  });

  const taken = ["mp4.mp4", "mov-qt.mov", "mkv.mkv", "flv.flv", "webm.webm", "avi.avi"];
  it(`but these are: ${taken.join(", ")}`, async () => {
    for (const name of taken) {
      const { mp, videos } = videoInProcess();
      await uploadVideoMaterial(mp, details, await fixture(name));
      expect(videos()).toMatchObject([{ filename: name, finished: true }]);
    }
  });
});
