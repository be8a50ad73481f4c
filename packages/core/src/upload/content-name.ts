import { encodeUtf8 } from "../bytes/utf8.ts";
import type { Identity } from "../inspect/identify.ts";
import { own } from "../own.ts";
import type { FileLimits } from "./file-limits.ts";
import { extensionOf, isAccepted } from "./name-check.ts";
import { repairedName } from "./name-repair.ts";

/**
 * The name to send. WeChat goes by the extension, which names out of URLs, stores and forms often lack (`640`, `blob`,
 * `a.jpg!w800`): where it is not accepted and the content is, the name gets the extension of the content.
 */
export function nameByContent(
  name: string,
  { format, mime }: Identity,
  limits: FileLimits,
): string {
  // Its own format, not one of the others that pass under it, as MOV does under mp4.
  const isOfContent = (extension: string): boolean =>
    own(limits.extensions, extension)?.[0] === format;
  if (isAccepted(name, limits)) return name;
  const extension = Object.keys(limits.extensions).find(isOfContent);
  if (extension === undefined) return name;
  const repaired = repairedName(name, (one) => isOfContent(extensionOf(one)));
  if (repaired !== undefined) return repaired.name;
  const end = `.${extension}`;
  // A name out of a URL may be too long, and must not end in half of a surrogate pair.
  const path = name.replace(/\?.*$/s, "").slice(0, limits.maxNameLength - end.length);
  const bare =
    within(limits.maxNameBytes, path, end).replace(/(?:[\s.]|\.[a-z]\w{0,4})+$/i, "") ||
    mime.replace(/\/.*/, "");
  return bare.replace(/[\ud800-\udbff]$/, "") + end;
}

/** The start of a name, so that with its end it has no more bytes. */
function within(most = Number.POSITIVE_INFINITY, name: string, end: string): string {
  const characters = Array.from(name);
  let bytes = encodeUtf8(name + end).byteLength;
  while (bytes > most && characters.length > 0) {
    bytes -= encodeUtf8(characters.pop() ?? "").byteLength;
  }
  return characters.join("");
}
