/** Finds the name that stands for an address in the content, or undefined. */
export type FindName = (url: string) => string | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};
const IMAGE_END = /\.(?:avif|bmp|gif|heic|jpe?g|png|svg|webp)$/i;
/** Longer addresses hold data. */
export const MOST_CHARACTERS = 1000;

/**
 * Compares the names of pictures with the addresses in a content as the programs mean them that write those: an exact
 * name first, then, if exactly one fits, without percent-encoding, entities, `./`, backslashes, a query or a `#`.
 */
export function createPictureNames(names: readonly string[]): FindName {
  const exact = new Set(names);
  const levels = [plain, bare].map((simplify) => {
    const found = new Map<string, string | undefined>();
    for (const name of names) {
      const key = simplify(name);
      // Two that are alike fit neither.
      found.set(key, found.has(key) ? undefined : name);
    }
    return { simplify, found };
  });
  return (url) => {
    if (exact.has(url)) return url;
    if (url.length > MOST_CHARACTERS) return undefined;
    for (const { simplify, found } of levels) {
      const key = simplify(url);
      const name = found.get(key);
      if (name === undefined) continue;
      // Two queries are two pictures.
      if (simplify === bare && query(url) !== "" && query(name) !== "") continue;
      return name;
    }
    return undefined;
  };
}

/** Without what changes only the way of writing. */
function plain(name: string): string {
  const text = name
    .trim()
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] as string)
    .replace(/(?:%[\da-f]{2})+/gi, decoded)
    .replaceAll("\\", "/");
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/").normalize("NFC");
}

/** Without what does not name a file either: a form's plus for a blank, and a query or a # after a picture's name. */
export function bare(name: string): string {
  const text = plain(name.replaceAll("+", " "));
  const [path = ""] = text.split(/[?#]/, 1);
  return IMAGE_END.test(path) ? path : text;
}

function query(url: string): string {
  return /\?[^#]+/.exec(url)?.[0] ?? "";
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
