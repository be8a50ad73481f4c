/** The file name in a Content-Disposition header, made safe to create a file; undefined if the header has none. */
export function dispositionName(header: string | null): string | undefined {
  if (header === null) return undefined;
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replace(/\\(.)/g, "$1");
  const bare = /filename\s*=\s*([^\s";]+)/i.exec(header)?.[1];
  const name = safeName(quoted ?? bare ?? "");
  return name === "" ? undefined : name;
}

const MAX_NAME_CHARACTERS = 200;

/** Characters that file systems do not take as part of a name, or that change the order in which it is shown. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}<>:"|?*]/gu;
/** Windows opens a device by these names, with any extension. */
const DEVICE = /^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i;

/** The last part of a path, without what file systems do not take as part of a name. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .slice(-MAX_NAME_CHARACTERS)
    .replace(UNSAFE, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .replace(DEVICE, "_");
}
