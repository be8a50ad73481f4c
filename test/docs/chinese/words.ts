// How Chinese is set: full-width marks, a space before and after Latin words, and WeChat's own terms.

/** Stands where a code mark or an address was: it is Latin, and its inside is nobody's prose. */
const CODE = "\uE000";
/** Stands where a name was that is copied as WeChat's pages have it: 【API安全】, 媒体API文档. */
const LABEL = "。";

const HAN = "\\p{Script=Han}";
const faults: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    "half-width mark",
    new RegExp(`[${HAN}${CODE}][ ]?[,:;()!?]|[,:;()!?][ ]?[${HAN}${CODE}]|${HAN}\\.(?=\\s|$)`, "u"),
  ],
  ["no space", new RegExp(`${HAN}[\\w${CODE}]|[\\w%${CODE}]${HAN}`, "u")],
  ["half-width quotes", new RegExp(`["'][^"']*${HAN}[^"']*["']|["']${HAN}|${HAN}["']`, "u")],
  ["not WeChat's word, which is 素材", /(?<!多)媒体文件/],
];
const hasChinese = new RegExp(HAN, "u");

/** What is set wrongly in a Chinese page, code aside: `line: fault: the words`. */
export function faultsOf(page: string): string[] {
  return proseOf(page)
    .split("\n")
    .flatMap((line, index) =>
      line
        .split("|") // the cells of a table
        .filter((cell) => hasChinese.test(cell))
        .flatMap((cell) =>
          faults
            .filter(([, pattern]) => pattern.test(cell))
            .map(([name]) => `${index + 1}: ${name}: ${cell.trim().replaceAll(CODE, "`…`")}`),
        ),
    );
}

/** The page without code, comments and the targets of links, with its lines where they were. */
function proseOf(page: string): string {
  const onlyLines = (text: string): string => text.replace(/[^\n]/g, "");
  return page
    .replace(/^(?:> ?)?```[\s\S]*?^(?:> ?)?```$/gm, onlyLines)
    .replace(/<!--[\s\S]*?-->/g, onlyLines)
    .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, CODE)
    .replace(/\]\([^)\s]*\)/g, "]")
    .replace(/https?:\/\/[\w./?#=&%~-]+/g, CODE)
    .replace(/<[^>\n]+>/g, "")
    .replace(/【[^】\n]*】|媒体API(?:文档)?/g, LABEL)
    .replace(/\*\*|!\[|[[\]]/g, "");
}
