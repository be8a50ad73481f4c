import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEmulator } from "../src/index.ts";
import { amrSeconds } from "../src/mp/media/formats/amr.ts";
import { formatOf } from "../src/mp/media/formats/identify.ts";
import { imageSize } from "../src/mp/media/formats/image-size.ts";
import { mp3Seconds } from "../src/mp/media/formats/mp3.ts";
import { type SampleName, sampleFile, sampleNames } from "../src/samples.ts";
import { file as fixture, material, mpClient, temporary } from "./mp/mp-client.ts";
import { upload } from "./pay/upload-request.ts";

const bytesOf = async (name: SampleName): Promise<Buffer> =>
  Buffer.from(await sampleFile(name).arrayBuffer());

const KNOWN: [SampleName, string, number, string][] = [
  ["licence.jpg", "image/jpeg", 17_627, "480 × 320"],
  ["cover.jpg", "image/jpeg", 5912, "450 × 192"],
  ["thumb.jpg", "image/jpeg", 2357, "120 × 120"],
  ["picture.png", "image/png", 7077, "320 × 240"],
  ["voice.amr", "audio/amr", 1638, "1.02 seconds"],
  ["voice.mp3", "audio/mpeg", 3213, "1.07 seconds"],
  ["clip.mp4", "video/mp4", 4257, ""],
];

const USES: [SampleName, "pay" | "temporary" | "material", string][] = [
  ["licence.jpg", "pay", "/v3/merchant/media/upload"],
  ["picture.png", "pay", "/v3/merchant/media/upload"],
  ["clip.mp4", "pay", "/v3/merchant/media/video_upload"],
  ...(["temporary", "material"] as const).flatMap((call): typeof USES => [
    ["licence.jpg", call, "image"],
    ["picture.png", call, "image"],
    ["cover.jpg", call, "thumb"],
    ["thumb.jpg", call, "thumb"],
    ["voice.amr", call, "voice"],
    ["voice.mp3", call, "voice"],
    ["clip.mp4", call, "video"],
  ]),
];

describe("sampleFile", () => {
  it.each(KNOWN)("%s is of %s, %i bytes, %s", async (name, type, size, what) => {
    const file = sampleFile(name);
    expect([file.name, file.type, file.size]).toEqual([name, type, size]);
    const bytes = await bytesOf(name);
    const format = formatOf(bytes);
    const pixels = format && imageSize(format, bytes);
    if (pixels) expect(`${pixels.width} × ${pixels.height}`).toBe(what);
    if (format === "amr") expect(`${amrSeconds(bytes)} seconds`).toBe(what);
    if (format === "mp3") expect(`${mp3Seconds(bytes).toFixed(2)} seconds`).toBe(what);
    if (format === "mp4") expect(bytes.equals(fixture("mp4.mp4"))).toBe(true);
  });

  it("has no others, and says so", () => {
    expect([...sampleNames].sort()).toEqual(KNOWN.map(([name]) => name).sort());
    expect(() => sampleFile("license.jpg" as SampleName)).toThrow(
      'name is "license.jpg"; it must be one of "clip.mp4", "cover.jpg", ',
    );
  });

  it("is what the pages and the docstring say", () => {
    const pages = ["../README.md", "../embed/samples/README.md", "../src/samples.ts"];
    for (const page of pages) {
      const text = readFileSync(new URL(page, import.meta.url), "utf8");
      for (const [name, , size, what] of KNOWN) {
        const row = text.split("\n").find((line) => line.includes(`| \`${name}\` |`));
        expect(row, `${page}: ${name}`).toContain(`| ${size.toLocaleString("en")} |`);
        expect(row, `${page}: ${name}`).toContain(what);
      }
    }
  });

  it.each(USES)("%s is taken by %s %s", async (filename, call, where) => {
    const { fetch } = createEmulator({ strict: { extensionMatchesContent: true } });
    const bytes = await bytesOf(filename);
    if (call === "pay") {
      const { status, text } = await upload(fetch, { path: where, filename, file: bytes });
      expect([status, text]).toEqual([200, expect.stringContaining("media_id")]);
      return;
    }
    const send = call === "temporary" ? temporary : material;
    const description = JSON.stringify({ title: "t", introduction: "i" });
    const sent = await send(mpClient(fetch), where, { filename, bytes, fields: { description } });
    expect([sent.errcode, sent.text]).toEqual([0, expect.stringContaining("media_id")]);
  });
});
