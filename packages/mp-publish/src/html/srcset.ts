/** Place of an address in a srcset. */
export interface SrcsetUrl {
  readonly start: number;
  readonly end: number;
}

const CANDIDATE_START = /[\t\n\f\r ,]*/y;
const URL_RUN = /[^\t\n\f\r ]+/y;
const NEXT = /[,()]/g;

/** Finds the addresses of a srcset as browsers do (HTML standard, parsing a srcset attribute). */
export function findSrcsetUrls(srcset: string): SrcsetUrl[] {
  const found: SrcsetUrl[] = [];
  for (let at = 0; at < srcset.length; ) {
    at = after(CANDIDATE_START, srcset, at);
    const runEnd = after(URL_RUN, srcset, at);
    const end = withoutCommas(srcset, at, runEnd);
    if (end > at) found.push({ start: at, end });
    // A comma at the end of the address ends the candidate; otherwise its descriptors follow.
    at = end < runEnd ? runEnd : descriptorsEnd(srcset, runEnd);
  }
  return found;
}

/** Escapes an address for a srcset, in which it must not begin or end with a comma. */
export function encodeSrcsetUrl(url: string): string {
  return url.replace(/[\t\n\f\r ]|^,|,$/g, encodeURIComponent);
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function withoutCommas(srcset: string, start: number, end: number): number {
  let at = end;
  while (at > start && srcset[at - 1] === ",") at -= 1;
  return at;
}

/** The place of the comma that ends a candidate. A comma in brackets does not. */
function descriptorsEnd(srcset: string, from: number): number {
  let inBrackets = false;
  NEXT.lastIndex = from;
  for (let match = NEXT.exec(srcset); match !== null; match = NEXT.exec(srcset)) {
    const [character] = match;
    if (character === ",") {
      if (!inBrackets) return match.index;
    } else inBrackets = character === "(";
  }
  return srcset.length;
}
