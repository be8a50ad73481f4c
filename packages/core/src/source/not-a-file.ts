import { feature } from "../feature.ts";
import { given } from "../given.ts";

/** The kinds of files, for messages. */
const FILES =
  "a File, a Blob, a Uint8Array, an ArrayBuffer or { name, size, read(start, end) }; single-request uploads also take { name, size, stream }";

/**
 * Makes the error that says what was given in place of a file, and how to make a file of it. It does not show strings,
 * which may be secret.
 *
 * @param what - the name of the file in the message, such as `The file`
 */
export function notAFile(what: string, input: unknown): TypeError {
  const cure = feature(() => cureOf(input));
  return new TypeError(
    `${what} must be ${FILES}. It was ${given(input)}.${cure === undefined ? "" : ` ${cure}`}`,
  );
}

function cureOf(input: unknown): string | undefined {
  if (typeof input === "string") return cureOfText(input);
  if (typeof input !== "object" || input === null) return undefined;
  if (has(input, "getReader")) {
    return "A ReadableStream can be read only once: pass { name, size, stream }, or collect it with new Response(stream).blob().";
  }
  if (has(input, "pipe")) {
    return 'A stream of Node can be read only once: pass new File([await readFile(path)], "licence.jpg").';
  }
  if (has(input, "arrayBuffer") && has(input, "formData")) {
    return `Pass its content: await ${"status" in input ? "response" : "request"}.blob().`;
  }
  if (ArrayBuffer.isView(input)) {
    return "Pass its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength).";
  }
  if (has(input, "getAll")) return "It is a form: pass the file in it."; // before length, which Bun's has
  if ("byteLength" in input) return "Pass new Uint8Array(buffer).";
  if (Array.isArray(input) || "length" in input) return "Pass one file at a time.";
  if ("stream" in input) return cureOfStream(input.stream);
  if (has(input, "read")) return "Pass a file handle as { name, size, read(start, end) }.";
  if ("buffer" in input) return "Pass its bytes: new File([file.buffer], file.originalname).";
  if ("uri" in input) return "Read the file first: await (await fetch(file.uri)).blob().";
  if ("path" in input || "filepath" in input) return cureOfText("");
  if ("size" in input) return "It has no function read.";
  if ("href" in input) return "Download it first, or use createUrlSource(url).";
  return undefined;
}

function cureOfStream(stream: unknown): string {
  return typeof stream === "object" && stream !== null && has(stream, "getReader")
    ? "This call takes no stream: collect it with new Response(stream).blob()."
    : "Its stream must be a ReadableStream; Readable.toWeb(stream) makes one of a stream of Node.";
}

function cureOfText(text: string): string {
  if (/^(?:data|blob):/i.test(text)) return "Decode it first: await (await fetch(dataUrl)).blob().";
  if (/^(?:https?:)?\/\//i.test(text)) return "Download it first, or use createUrlSource(url).";
  return text.length > 512 || /^(?:\/9j\/|iVBOR)/.test(text)
    ? "If it is base64, decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0))."
    : 'If it is a path, read the file first: new File([await readFile(path)], "licence.jpg").';
}

function has(value: object, method: string): boolean {
  return typeof (value as Record<string, unknown>)[method] === "function";
}
