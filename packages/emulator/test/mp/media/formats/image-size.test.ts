import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatOf, type MediaFormat } from "../../../../src/mp/media/formats/identify.ts";
import { imageSize } from "../../../../src/mp/media/formats/image-size.ts";
import { pictureId } from "../../../../src/mp/media/picture-id.ts";
import { file } from "../../mp-client.ts";

interface Row {
  file: string;
  format: string;
  width?: number;
  height?: number;
}

const rows: Row[] = JSON.parse(
  readFileSync(new URL("../../../../../../test/fixtures/files.json", import.meta.url), "utf8"),
);
const pictures = rows.filter(({ format }) => ["jpeg", "png", "gif", "bmp"].includes(format));

describe("the size of a picture", () => {
  it.each(pictures)("of $file is $width × $height", ({ file: name, width, height }) => {
    const bytes = file(name);
    expect(imageSize(formatOf(bytes) as MediaFormat, bytes)).toEqual({ width, height });
  });

  it("is undefined where the header is cut short, or of another format", () => {
    for (const { file: name, format } of pictures) {
      for (const length of [3, 9]) {
        const head = file(name).subarray(0, length);
        expect(imageSize(format as MediaFormat, head)).toBeUndefined();
      }
    }
    expect(imageSize("png", file("png-cgbi.png").subarray(0, 39))).toBeUndefined();
    expect(
      imageSize("jpeg", Uint8Array.of(0xff, 0xd8, 0, 0, 0, 2, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 0)),
    ).toBe(undefined);
    const restart = [0xff, 0xd8, 0xff, 0xd0, 0xff, 0x01, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 0, 0];
    expect(imageSize("jpeg", Uint8Array.from(restart))).toEqual({ width: 3, height: 2 });
    expect(imageSize("amr", file("png-1x1.png"))).toBeUndefined();
    const view = Buffer.concat([Buffer.alloc(5), file("png-8-bit.png")]).subarray(5);
    expect(imageSize("png", view)).toEqual({ width: 64, height: 48 });
  });
});

describe("the id in an address", () => {
  const id = "a-_9";
  it.each([
    `http://mmbiz.qpic.cn/mmbiz/${id}/0`,
    `https://mmbiz.qlogo.cn/mmbiz/${id}/640?wx_fmt=png`,
    `//mmbiz.qpic.cn/mmbiz/${id}`,
    ` http://mmbiz.qpic.cn/mmbiz/${id}?a `,
  ])("%j is there", (address) => {
    expect(pictureId(address)).toBe(id);
  });

  it.each([
    `http://mmbiz.qpic.cn.example/mmbiz/${id}/0`,
    `http://example.com/mmbiz/${id}/0`,
    `/mmbiz/${id}/0`,
    `http://mmbiz.qpic.cn/mmbiz/${id}%/0`,
    `http://mmbiz.qpic.cn/`,
    `x http://mmbiz.qpic.cn/mmbiz/${id}/0`,
    "",
  ])("%j has none", (address) => {
    expect(pictureId(address)).toBeUndefined();
  });
});
