import { nearest } from "@wechat-edge/core/internal/upload";

/** Finds the name that a picture has in a list of files. */
export interface PictureNames {
  /** The name that stands for an address in the content, or undefined. */
  readonly nameOf: (url: string) => string | undefined;
  /** A name that is like an address for which there is none, or undefined. */
  readonly near: (url: string) => string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};
const IMAGE_END = /\.(?:avif|bmp|gif|heic|jpe?g|png|svg|webp)$/i;
/** Longer addresses hold data. */
const MOST_CHARACTERS = 1000;
/** Comparisons by typing errors, which take time: those of 20 addresses with 1,000 names. */
const MOST_COMPARISONS = 20_000;

/**
 * Compares the names of pictures with the addresses in a content as the programs mean them that write those: an exact
 * name first, then, if exactly one fits, without percent-encoding, entities, `./`, backslashes, a query or a `#`.
 */
export function createPictureNames(names: readonly string[]): PictureNames {
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
  let likely: LikelyNames | undefined;
  return {
    nameOf(url) {
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
    },
    near(url) {
      if (url.length > MOST_CHARACTERS) return undefined;
      likely ??= createLikelyNames(names);
      return likely(url);
    },
  };
}

type LikelyNames = (url: string) => string | undefined;

/** Compares without case, by the whole path, then by the file's own name, then by typing errors. */
function createLikelyNames(names: readonly string[]): LikelyNames {
  const byPath = new Map<string, string>();
  const byFile = new Map<string, string>();
  for (const name of names) {
    const path = bare(name).toLowerCase();
    if (!byPath.has(path)) byPath.set(path, name);
    if (!byFile.has(last(path))) byFile.set(last(path), name);
  }
  const paths = [...byPath.keys()];
  let left = MOST_COMPARISONS;
  return (url) => {
    const wanted = bare(url).toLowerCase();
    const same = byPath.get(wanted) ?? byFile.get(last(wanted));
    if (same !== undefined || paths.length > left) return same;
    left -= paths.length;
    return byPath.get(nearest(wanted, paths) ?? "");
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
function bare(name: string): string {
  const text = plain(name.replaceAll("+", " "));
  const [path = ""] = text.split(/[?#]/, 1);
  return IMAGE_END.test(path) ? path : text;
}

function query(url: string): string {
  return /\?[^#]+/.exec(url)?.[0] ?? "";
}

function last(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
