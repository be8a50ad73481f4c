/** The file name that a Content-Disposition header gives, safe to create a file by; undefined where it gives none. */
export function dispositionName(header: string | null): string | undefined {
  if (header === null) return undefined;
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replace(/\\(.)/g, "$1");
  const bare = /filename\s*=\s*([^\s";]+)/i.exec(header)?.[1];
  const name = safeName(quoted ?? bare ?? "");
  return name === "" ? undefined : name;
}

const MAX_NAME_CHARACTERS = 200;

/** What a file system takes for something else than part of a name, or shows in another order than it stands. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}<>:"|?*]/gu;
/** Windows opens a device by these, whatever the extension. */
const DEVICE = /^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i;

/** The last part of a path, without what a file system takes for something else than a name. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .slice(-MAX_NAME_CHARACTERS)
    .replace(UNSAFE, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .replace(DEVICE, "_");
}
