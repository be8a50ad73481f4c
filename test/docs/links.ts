// Links and headings of Markdown.

/** Where the links and pictures of a page lead; code has none. */
export function linksOf(text: string): string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, "");
  const inline = prose.matchAll(
    /\]\(<?([^)\s>]+)|\b(?:href|src)=["']([^"']+)|^ {0,3}\[[^\]]+\]:\s*(\S+)/gm,
  );
  return [...inline].map(([, a, b, c]) => a ?? b ?? c ?? "");
}

/** The anchors that GitHub makes of a page's headings. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  const headings = withoutBlocks(text).matchAll(/^#{1,6} +(.+)$/gm);
  return [...headings].map(([, heading = ""]) => {
    const anchor = heading
      .trim()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function withoutBlocks(text: string): string {
  return text.replace(/^(?:> )?```[\s\S]*?^(?:> )?```/gm, "");
}
