// What can be asked without an account: whether a file would be taken, and a crop in numbers.

import { checkArticleImage, checkMaterial, checkMedia } from "@wechat-edge/mp-media";
import { coverCrop, picCrop } from "@wechat-edge/mp-publish";
import { checkImage, checkVideo } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { failure } from "../../support/mp.ts";

describe("a check before sending", () => {
  const checks = {
    checkImage,
    checkArticleImage,
    checkMaterial: (file: File) => checkMaterial({ type: "image" }, file),
    checkMedia: (file: File) => checkMedia({ type: "image" }, file),
  };
  it.each(Object.entries(checks))("%s takes a picture, and refuses a video", async (_, check) => {
    expect(await check(await media("licence.jpg"))).toMatchObject({ format: "jpeg" });
    const error = await failure(check(await media("clip.mp4")));
    expect(error).toMatchObject({ code: "ERR_MEDIA" });
  });

  it("checkVideo takes a video, and refuses a picture", async () => {
    expect(await checkVideo(await media("clip.mp4"))).toMatchObject({ format: "mp4" });
    const error = await failure(checkVideo(await media("licence.jpg")));
    expect(error).toMatchObject({ code: "ERR_MEDIA" });
  });
});

it("coverCrop and picCrop turn pixels into shares of the picture", () => {
  const middle = coverCrop({ ratio: "1_1", width: 900, height: 383 });
  expect(picCrop(middle)).toBe("0.287222_0_0.712778_1");
  const wrong = { ratio: "1_1", width: 0, height: 383 } as const;
  expect(() => coverCrop(wrong)).toThrow("width");
});
