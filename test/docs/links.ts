// The links and headings of a page, as GitHub sees them.

const FENCES = /^```[\s\S]*?^```/gm;

/** The targets of the links and pictures of a page, in order; none from code. */
export function linksOf(page: string): string[] {
  const prose = page.replace(FENCES, "").replace(/`[^`\n]*`/g, "");
  const inline = prose.matchAll(
    /\]\(<?([^)\s>]+)|\b(?:href|src)=["']([^"']+)|^ {0,3}\[[^\]]+\]:\s*(\S+)/gm,
  );
  return [...inline].map(([, a, b, c]) => a ?? b ?? c ?? "");
}

/** The anchors of the headings of a page, in order. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  const headings = page.replace(FENCES, "").matchAll(/^#{1,6} +(.+)$/gm);
  return [...headings].map(([, heading = ""]) => {
    const anchor = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
