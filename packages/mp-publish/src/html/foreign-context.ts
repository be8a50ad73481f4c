/** Tracks whether the scanner is inside SVG or MathML, where `<title>` and `<style>` are ordinary elements. */
export interface ForeignContext {
  isInside(): boolean;
  /** Returns whether the opened element belongs to SVG or MathML. */
  open(name: string, selfClosing: boolean): boolean;
  close(name: string): void;
}

/** Elements of SVG and MathML that contain HTML (HTML standard, integration points). */
const INTEGRATION_POINTS = new Set(
  "annotation-xml desc foreignobject mi mn mo ms mtext title".split(" "),
);

/** HTML elements that end an unclosed SVG or MathML (HTML standard, tree construction, foreign content). */
const BREAKOUTS = new Set(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(
    " ",
  ),
);

/** The limit of browsers. Deeper elements count as their ancestor at this depth. */
const MAX_DEPTH = 512;

/** Follows the SVG and MathML of a document. */
export function createForeignContext(): ForeignContext {
  // SVG and MathML roots and integration points, outermost first.
  const open: { readonly name: string; readonly isForeign: boolean }[] = [];
  const isInside = (): boolean => open.at(-1)?.isForeign ?? false;
  const leave = (): void => {
    while (isInside()) open.pop();
  };
  const enter = (name: string, isForeign: boolean, selfClosing: boolean): void => {
    if (!selfClosing && open.length < MAX_DEPTH) open.push({ name, isForeign });
  };
  return {
    isInside,
    open(name, selfClosing) {
      const isRoot = name === "svg" || name === "math";
      if (!isInside()) {
        if (isRoot) enter(name, true, selfClosing);
        return isRoot;
      }
      if (BREAKOUTS.has(name)) {
        leave();
        return false;
      }
      if (isRoot) enter(name, true, selfClosing);
      else if (INTEGRATION_POINTS.has(name)) enter(name, false, selfClosing);
      return true;
    },
    close(name) {
      if (isInside() && BREAKOUTS.has(name)) {
        leave();
        return;
      }
      // Only its own tag ends an integration point.
      for (let depth = open.length - 1; depth >= 0; depth--) {
        const element = open[depth];
        if (element?.name === name) {
          open.length = depth;
          return;
        }
        if (element?.isForeign === false) return;
      }
    },
  };
}
