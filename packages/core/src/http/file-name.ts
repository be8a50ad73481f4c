import { encodeUtf8 } from "../bytes/utf8.ts";

/** The file name in a Content-Disposition header, made safe to create a file; undefined if the header has none. */
export function dispositionName(header: string | null): string | undefined {
  if (header === null) return undefined;
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replace(/\\(.)/g, "$1");
  const bare = /filename\s*=\s*([^\s";]+)/i.exec(header)?.[1];
  const name = safeName(quoted ?? bare ?? "");
  return name === "" ? undefined : name;
}

/** File systems take 255 bytes; a mark before the name and an extension after it need a few. */
const MAX_NAME_BYTES = 250;

/** Characters that file systems do not take as part of a name, or that change the order in which it is shown. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}<>:"|?*]/gu;
/** Windows opens a device by these names, with any extension, and with blanks before it. */
const DEVICE = /^(?=(?:con(?:in\$|out\$)?|prn|aux|nul|clock\$|(?:com|lpt)[\d¹²³])[ .]*(?:\.|$))/i;

/** The last part of a path, without what file systems do not take as part of a name. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return endWithin(MAX_NAME_BYTES, last.slice(-MAX_NAME_BYTES).replace(UNSAFE, "_"))
    .replace(/^[. ]+|[. ]+$/g, "")
    .replace(DEVICE, "_");
}

/** The end of a name, which has its extension. */
function endWithin(most: number, name: string): string {
  const characters = Array.from(name);
  let bytes = encodeUtf8(name).byteLength;
  let from = 0;
  for (; bytes > most; from++) bytes -= encodeUtf8(characters[from] ?? "").byteLength;
  return characters.slice(from).join("");
}
