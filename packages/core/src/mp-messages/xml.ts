/** An element: its text, or its elements in their order. */
export type XmlContent = string | readonly XmlElement[];

export interface XmlElement {
  readonly name: string;
  readonly content: XmlContent;
}

/** The deepest message of the documents has 5. */
const MAX_DEPTH = 16;
const TAG = /<(\/?)([A-Za-z_][\w.-]{0,127})[ \t\r\n]{0,64}(\/?)>/y;
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

interface Open {
  readonly name: string;
  readonly elements: XmlElement[];
  /** All of its text, and what of it is in CDATA sections. */
  text: string;
  cdata: string | undefined;
}

/**
 * Reads XML as WeChat writes it: elements, texts and CDATA sections, nothing else. Attributes, comments, instructions,
 * DOCTYPE and entities of one's own are refused, so that nothing is loaded and nothing grows. Takes time in proportion
 * to the length. Returns undefined for anything else.
 */
export function parseXml(text: string): XmlElement | undefined {
  const source = text.trim().replace(/^<\?xml [^<>?]*\?>\s*/, "");
  const stack: Open[] = [opened("")];
  for (let at = 0; at < source.length; ) {
    const next = step(source, at, stack);
    if (next === undefined) return undefined;
    at = next;
  }
  const [root, open] = stack;
  const isWhole = open === undefined && root?.elements.length === 1 && root.text === "";
  return isWhole ? root.elements[0] : undefined;
}

const opened = (name: string): Open => ({ name, elements: [], text: "", cdata: undefined });

/** Takes one tag, CDATA section or text; returns where the next one begins, or undefined if it is none of them. */
function step(source: string, at: number, stack: Open[]): number | undefined {
  const parent = stack.at(-1) as Open;
  if (source[at] !== "<") {
    const end = source.indexOf("<", at);
    const text = end < 0 ? undefined : unescaped(source.slice(at, end));
    parent.text += text ?? "";
    return text === undefined ? undefined : end;
  }
  if (source.startsWith(CDATA, at)) {
    const end = source.indexOf(CDATA_END, at);
    const text = source.slice(at + CDATA.length, end);
    parent.text += text;
    parent.cdata = (parent.cdata ?? "") + text;
    return end < 0 ? undefined : end + CDATA_END.length;
  }
  TAG.lastIndex = at;
  const [, end, name = "", empty] = TAG.exec(source) ?? [];
  if (end === "" && empty === "") stack.push(opened(name));
  else if (end === "") parent.elements.push({ name, content: "" });
  else if (empty === "" && parent.name === name) stack.pop();
  else return undefined;
  if (end !== "") {
    const content = contentOf(parent);
    if (content === undefined) return undefined;
    stack.at(-1)?.elements.push({ name, content });
  }
  return stack.length > MAX_DEPTH ? undefined : TAG.lastIndex;
}

/** Elements with nothing but blanks between them, or a text; what stands around a CDATA section is laid out, not said. */
function contentOf({ elements, text, cdata = "" }: Open): XmlContent | undefined {
  if (elements.length > 0) return text.trim() === "" && cdata === "" ? elements : undefined;
  return cdata !== "" && text.trim() === cdata.trim() ? cdata : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&apos;": "'",
};

/** Anything after an ampersand but a reference; it ends the reading at the first one. */
const NO_REFERENCE = /&(?!(?:#x[\da-fA-F]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);)/;

function unescaped(text: string): string | undefined {
  if (NO_REFERENCE.test(text)) return undefined;
  let isWhole = true;
  const read = text.replace(
    /&(#?)(x?)(\w+);/g,
    (all, sign: string, hex: string, digits: string) => {
      const code = Number.parseInt(digits, hex === "x" ? 16 : 10);
      const letter = sign === "" ? ENTITIES[all] : characterOf(code);
      if (letter === undefined) isWhole = false;
      return letter ?? "";
    },
  );
  return isWhole ? read : undefined;
}

/** Half of a surrogate pair is no character. */
function characterOf(code: number): string | undefined {
  const isOne = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isOne ? String.fromCodePoint(code) : undefined;
}
