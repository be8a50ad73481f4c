import { nearest } from "@wechat-edge/core/internal/upload";
import { bare, type FindName, MOST_CHARACTERS } from "./picture-names.ts";

/** Comparisons by typing errors, which take time: those of 20 addresses with 1,000 names. */
const MOST_COMPARISONS = 20_000;

/**
 * Finds the name that an address may mean which stands for none: that of the same file in another folder or in another
 * case, or one with other letters.
 */
export function createLikelyNames(names: readonly string[]): FindName {
  const paths = names.map(pathOf);
  const known = new Map(names.map((name) => [fileOf(pathOf(name)), name]));
  for (const name of names) known.set(pathOf(name), name);
  let left = MOST_COMPARISONS;
  return (url) => {
    if (url.length > MOST_CHARACTERS) return undefined;
    const wanted = pathOf(url);
    const same = known.get(wanted) ?? known.get(fileOf(wanted));
    if (same !== undefined || paths.length > left) return same;
    left -= paths.length;
    return known.get(nearest(wanted, paths) ?? "");
  };
}

function pathOf(name: string): string {
  return bare(name).toLowerCase();
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
