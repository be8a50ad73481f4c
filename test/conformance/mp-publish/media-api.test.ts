// What 媒体API文档 says of its calls: what goes out, and what is made of the answers.

import { addMaterial, uploadArticleImage } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { mpScripted } from "../../support/mp.ts";

const API = "https://api.weixin.qq.com/cgi-bin/";

/** Heads of the parts of a form. */
const headsOf = (body: string | undefined) => body?.match(/Content-Disposition[\s\S]*?\r\n\r\n/g);
const JPEG_PART =
  'Content-Disposition: form-data; name="media"; filename="cover.jpg"\r\nContent-Type: image/jpeg\r\n\r\n';

describe("a cover", () => {
  it("[publish.4] [publish.6] is a POST of one form part `media`", async () => {
    const { mp, calls } = mpScripted([{ media_id: "COVER", url: "https://mmbiz.qpic.cn/a" }]);
    for (const type of ["image", "thumb"] as const) {
      await addMaterial(mp, { type }, await media("cover.jpg"), { limits: { maxBytes: 1e6 } });
    }
    expect(calls.map(({ method, url, body }) => [method, url, headsOf(body)])).toEqual([
      ["POST", `${API}material/add_material?access_token=TOKEN&type=image`, [JPEG_PART]],
      ["POST", `${API}material/add_material?access_token=TOKEN&type=thumb`, [JPEG_PART]],
    ]);
  });
});

describe("a picture of the content", () => {
  it("[publish.10] [publish.11] is a POST of one form part `media`", async () => {
    const { mp, calls } = mpScripted([{ url: "http://mmbiz.qpic.cn/mmbiz/a/0" }]);
    await uploadArticleImage(mp, await media("cover.jpg"));
    expect(calls.map(({ method, url, body }) => [method, url, headsOf(body)])).toEqual([
      ["POST", `${API}media/uploadimg?access_token=TOKEN`, [JPEG_PART]],
    ]);
  });
});
