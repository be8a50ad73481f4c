import type { RandomAccessFile } from "@wechat-edge/core";
import type { DigestedStreamInput } from "@wechat-edge/pay-media";
import { sha256OfContentDigest } from "./content-digest.ts";
import { RequestError } from "./request-error.ts";

/**
 * Takes the file from the body. WeChat Pay wants the SHA-256 before the file: with a Content-Digest
 * the file is passed on while it arrives, without one it is read into memory first.
 * Throws RequestError (400, 411) if the name, the length or the digest is missing or malformed.
 */
export function incomingFile(request: Request): DigestedStreamInput | RandomAccessFile {
  const name = nameOf(request);
  const size = sizeOf(request);
  const sha256 = sha256OfContentDigest(request.headers.get("Content-Digest"));
  if (sha256 !== undefined) {
    const stream = request.body ?? new Blob([]).stream();
    return { name, size, sha256, stream, preventCancel: true };
  }
  // The upload checks name and size before it reads, and reads once: no large body fills the memory.
  const read = async (start: number, end: number) =>
    new Uint8Array(await request.arrayBuffer()).subarray(start, end);
  return { name, size, read };
}

/**
 * Reads the rest of a body whose upload failed: workerd would close the connection while the caller is still sending, and
 * the caller would never see the error.
 */
export async function drain({ body, bodyUsed }: Request): Promise<void> {
  try {
    if (bodyUsed && body?.locked === false) await body.pipeTo(new WritableStream());
  } catch {
    // The caller closed the connection.
  }
}

function nameOf(request: Request): string {
  const name = new URL(request.url).searchParams.get("name") ?? "";
  // URLSearchParams decodes bytes that are not UTF-8 as U+FFFD.
  if (name !== "" && !name.includes("\u{fffd}")) return name;
  throw new RequestError(400, {
    code: "ERR_NAME",
    message:
      "Send the name of the file in the query, percent-encoded UTF-8: ?name=licence.jpg or ?name=%E6%89%A7%E7%85%A7.jpg.",
  });
}

function sizeOf(request: Request): number {
  const length = request.headers.get("Content-Length");
  if (length !== null && /^\d{1,15}$/.test(length)) return Number(length);
  throw new RequestError(411, {
    code: "ERR_LENGTH_REQUIRED",
    message:
      "Send a Content-Length: WeChat Pay refuses uploads of unknown length. curl sends it with --data-binary @file.",
  });
}
