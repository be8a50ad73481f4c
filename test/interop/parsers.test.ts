// What the library frames, parsers that know nothing of it give back byte for byte.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import busboy from "busboy";
import { describe, expect, it } from "vitest";
import { type CapturedUpload, captureUpload } from "./captured-upload.ts";

const NAME = '营业执照 "副本".jpg';
const hasPython = spawnSync("python3", ["--version"]).status === 0;

interface Parsed {
  /** The meta part, as text. */
  meta: string;
  filename: string;
  fileType: string;
  sha256: string;
  size: number;
}

describe("an uploaded body", () => {
  it("is read by busboy", async () => {
    expectOriginal(await withBusboy(await captureUpload(NAME)), await captureUpload(NAME));
  });

  it.skipIf(!hasPython)("is read by Python's email package", async () => {
    const upload = await captureUpload(NAME);
    expectOriginal(withPython(upload), upload);
  });

  it("ends every line in CRLF, the empty ones too", async () => {
    const { body, file } = await captureUpload(NAME);
    const whole = Buffer.from(body);
    const fileAt = whole.indexOf(Buffer.from(file));
    const framing = Buffer.concat([
      whole.subarray(0, fileAt),
      whole.subarray(fileAt + file.length),
    ]).toString("utf8");
    expect(framing.match(/\n/g)?.length).toBe(framing.match(/\r\n/g)?.length);
    expect(framing).toContain('name="meta"\r\nContent-Type: application/json\r\n\r\n{');
  });
});

function expectOriginal(parsed: Parsed, { file }: CapturedUpload): void {
  const sha256 = createHash("sha256").update(file).digest("hex");
  expect(JSON.parse(parsed.meta)).toEqual({ filename: NAME, sha256 });
  expect(parsed).toMatchObject({ fileType: "image/jpeg", sha256, size: file.length });
  expect(parsed.filename.replaceAll("%22", '"')).toBe(NAME);
}

function withBusboy({ headers, body }: CapturedUpload): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const parsed: Partial<Parsed> = {};
    const parser = busboy({
      headers: { "content-type": headers.get("content-type") ?? "" },
      defParamCharset: "utf8",
    });
    parser.on("field", (name, value) => {
      if (name === "meta") parsed.meta = value;
    });
    parser.on("file", (_name, stream, { filename, mimeType }) => {
      const hash = createHash("sha256");
      let size = 0;
      stream.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        size += chunk.length;
      });
      stream.on("end", () =>
        Object.assign(parsed, { filename, fileType: mimeType, sha256: hash.digest("hex"), size }),
      );
    });
    parser.on("close", () => resolve(parsed as Parsed));
    parser.on("error", reject);
    parser.end(Buffer.from(body));
  });
}

function withPython({ headers, body }: CapturedUpload): Parsed {
  const script = `
import sys, json, hashlib
from email import message_from_bytes, policy
body = sys.stdin.buffer.read()
head = ("Content-Type: " + sys.argv[1] + "\\r\\nMIME-Version: 1.0\\r\\n\\r\\n").encode()
message = message_from_bytes(head + body, policy=policy.HTTP)
assert not message.defects, message.defects
parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
assert sorted(parts) == ["file", "meta"], parts
for part in parts.values():
    assert not part.defects, part.defects
content = parts["file"].get_payload(decode=True)
name = parts["file"].get_filename()
print(json.dumps({
    "meta": parts["meta"].get_payload(decode=True).decode("utf-8"),
    "filename": name.encode("utf-8", "surrogateescape").decode("utf-8"),
    "fileType": parts["file"].get_content_type(),
    "sha256": hashlib.sha256(content).hexdigest(),
    "size": len(content),
}))
`;
  const args = ["-c", script, headers.get("content-type") ?? ""];
  const result = spawnSync("python3", args, { input: body, encoding: "utf8" });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Parsed;
}
