import { checkText, shown } from "@wechat-edge/core/internal/upload";

/** Encodes a parameter of a path as fetch sends it. Throws TypeError for an empty one, and for a path. */
export function pathParameter(name: string, value: string): string {
  checkText(name, value);
  const encoded = encodeURIComponent(value);
  if (/^[\w-][\w.-]*$/.test(encoded)) return encoded;
  throw new TypeError(
    `${name} must be an id of letters, digits, _, - and dots, not ${shown(value)}.`,
  );
}
