import type { MediaErrorReason, PayClient, RandomAccessFile } from "@wechat-edge/core";
import {
  type DigestedStreamInput,
  type FileInput,
  IMAGE_PROFILES,
  uploadImage,
  uploadVideo,
  VIDEO_PROFILES,
} from "@wechat-edge/pay-media";
import { mediaFile } from "../media-file.ts";

/** A file that must not be sent, and why. */
export interface BadFile {
  readonly label: string;
  readonly file: FileInput | DigestedStreamInput;
  readonly reason: MediaErrorReason;
  readonly upload: (pay: PayClient, file: FileInput | DigestedStreamInput) => Promise<unknown>;
}

/** One bad file of each kind: those of examples/media/bad, and those that only a program can make. */
export async function badFiles(): Promise<BadFile[]> {
  const licence = mediaFile("licence.jpg");
  const jpeg = new Uint8Array(await licence.arrayBuffer());
  const named = (name: string): BadFile => image(name, mediaFile("licence.jpg", name), "name");
  return [
    onDisk("empty.jpg", "empty"),
    onDisk("no-extension", "extension"),
    onDisk("notes.txt", "extension"),
    onDisk("text.jpg", "format"),
    onDisk("webp.jpg", "format"),
    onDisk("heic.jpg", "format"),
    onDisk("jpeg.png", "format"),
    video("licence.mp4", mediaFile("licence.jpg", "licence.mp4"), "format"),
    image("clip.mp4 as picture", mediaFile("clip.mp4"), "extension"),
    image("5 MiB + 1 byte", oversize(jpeg, IMAGE_PROFILES.merchant.maxBytes, "big.jpg"), "size"),
    video("5 MiB + 1 byte", oversize(jpeg, VIDEO_PROFILES.merchant.maxBytes, "big.mp4"), "size"),
    image("bytes without a name", jpeg, "name"),
    named("../licence.jpg"),
    named("licence🐼.jpg"),
    named('lice"\r\nX-Evil: 1.jpg'),
    named("licence\u0000.jpg"),
    named(`${"n".repeat(125)}.jpg`),
    image("file that shrinks", shrinking(jpeg), "changed"),
    image("file that grows", growing(jpeg), "changed"),
    image("stream, too short", stream(jpeg, { size: jpeg.length + 1 }), "changed"),
    image("stream, too long", stream(jpeg, { size: jpeg.length - 1 }), "changed"),
    image("stream, wrong digest", stream(jpeg, { size: jpeg.length }), "changed"),
  ];
}

function image(
  label: string,
  file: FileInput | DigestedStreamInput,
  reason: MediaErrorReason,
): BadFile {
  return { label, file, reason, upload: uploadImage };
}

function video(
  label: string,
  file: FileInput | DigestedStreamInput,
  reason: MediaErrorReason,
): BadFile {
  return { label, file, reason, upload: uploadVideo };
}

function onDisk(name: string, reason: MediaErrorReason): BadFile {
  return image(name, mediaFile(`bad/${name}`), reason);
}

function oversize(head: Uint8Array<ArrayBuffer>, limit: number, name: string): File {
  const padding = new Uint8Array(limit + 1 - head.length);
  return new File([head, padding], name);
}

function shrinking(bytes: Uint8Array): RandomAccessFile {
  const read = (start: number, end: number) => bytes.slice(start, end - 1);
  return { name: "shrinks.jpg", size: bytes.length, read };
}

function growing(bytes: Uint8Array): RandomAccessFile {
  let size = bytes.length;
  return {
    name: "grows.jpg",
    get size() {
      return size;
    },
    read(start, end) {
      size += 1;
      return bytes.slice(start, end);
    },
  };
}

function stream(
  bytes: Uint8Array<ArrayBuffer>,
  { size }: { size: number },
): FileInput | DigestedStreamInput {
  const sha256 = "0".repeat(64);
  return { name: "stream.jpg", size, sha256, stream: new Blob([bytes]).stream() };
}
