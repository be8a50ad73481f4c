/** Whether the reader stands in SVG or MathML, where `<title>` and `<style>` are ordinary elements. */
export interface ForeignContext {
  isInside(): boolean;
  /** Gives whether the element that opens is one of SVG or MathML. */
  open(name: string, selfClosing: boolean): boolean;
  close(name: string): void;
}

/** Inside these SVG and MathML hold HTML again (HTML standard, integration points). */
const INTEGRATION_POINTS = new Set(
  "annotation-xml desc foreignobject mi mn mo ms mtext title".split(" "),
);

/** HTML that ends SVG and MathML which somebody forgot to close (HTML standard, tree construction, foreign content). */
const BREAKOUTS = new Set(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(
    " ",
  ),
);

/** As browsers have one; what lies deeper counts as what it lies in. */
const MAX_DEPTH = 512;

/** Follows the SVG and MathML of a document. */
export function createForeignContext(): ForeignContext {
  // Names of SVG and MathML roots and of integration points, from the outside in.
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
      // An integration point ends with its own tag alone.
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
