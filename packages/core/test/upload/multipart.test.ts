import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../src/bytes/utf8.ts";
import { frameForm } from "../../src/upload/multipart.ts";

const meta = { name: "meta", type: "application/json", body: encodeUtf8('{"filename":"a.jpg"}') };

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

describe("frameForm", () => {
  it("frames to the byte", () => {
    const file = { name: "file", filename: "营业执照.jpg", type: "image/jpeg" };
    const frame = frameForm([meta], file, "boundary");
    expect(frame.contentType).toBe("multipart/form-data; boundary=boundary");
    expect(text(frame.head)).toBe(
      [
        "--boundary",
        'Content-Disposition: form-data; name="meta"',
        "Content-Type: application/json",
        "",
        '{"filename":"a.jpg"}',
        "--boundary",
        'Content-Disposition: form-data; name="file"; filename="营业执照.jpg"',
        "Content-Type: image/jpeg",
        "",
        "",
      ].join("\r\n"),
    );
    expect(text(frame.tail)).toBe("\r\n--boundary--\r\n");
  });

  it("gives a part without a type no Content-Type", () => {
    const field = { name: "description", type: undefined, body: encodeUtf8("{}") };
    const { head } = frameForm(
      [field],
      { name: "media", filename: "a.mp4", type: "video/mp4" },
      "b",
    );
    expect(text(head)).toBe(
      [
        "--b",
        'Content-Disposition: form-data; name="description"',
        "",
        "{}",
        "--b",
        'Content-Disposition: form-data; name="media"; filename="a.mp4"',
        "Content-Type: video/mp4",
        "",
        "",
      ].join("\r\n"),
    );
  });

  it("lets no file name end its header", () => {
    const filename = 'a"; name="meta"\r\nX: y.jpg';
    const frame = frameForm([], { name: "file", filename, type: "image/jpeg" }, "b");
    expect(text(frame.head)).toContain('filename="a%22; name=%22meta%22%0D%0AX: y.jpg"\r\n');
    expect(text(frame.head).split("\r\n").length).toBe(5);
  });

  it("takes a new boundary each time, of characters that need no quotes", () => {
    const file = { name: "file", filename: "a.jpg", type: "image/jpeg" };
    const boundaries = Array.from({ length: 50 }, () => frameForm([], file).contentType);
    expect(new Set(boundaries).size).toBe(50);
    for (const value of boundaries) {
      expect(value).toMatch(/^multipart\/form-data; boundary=[a-z0-9-]{1,70}$/);
    }
  });
});
