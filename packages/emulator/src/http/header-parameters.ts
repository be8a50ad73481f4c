/** A parsed header value such as `form-data; name="meta"; filelength=6`. */
export interface HeaderValue {
  /** Before the first semicolon, in lower case. */
  value: string;
  parameters: Map<string, { value: string; quoted: boolean }>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;

/**
 * Parses the value and its parameters; a trailing `;` is allowed, as WeChat's own samples have one.
 *
 * Only `\"` and `\\` are escapes. `%22`, as browsers and OkHttp write a quote, stays as it is.
 * Returns a message if the text cannot be parsed.
 */
export function parseHeaderValue(text: string): HeaderValue | string {
  const end = text.indexOf(";");
  const parameters: HeaderValue["parameters"] = new Map();
  const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  let at = end < 0 ? text.length : end;
  const skipBlanks = (): void => {
    while (text[at] === " " || text[at] === "\t") at++;
  };
  while (at < text.length) {
    if (text[at] !== ";") return `found ${JSON.stringify(text[at])} where ; was expected`;
    at++;
    skipBlanks();
    if (at === text.length || text[at] === ";") continue;
    let name = "";
    while (at < text.length && TOKEN.test(text[at] as string)) name += text[at++];
    name = name.toLowerCase();
    if (name === "" || text[at] !== "=") return "a parameter must be name=value";
    at++;
    const quoted = text[at] === '"';
    let parameter = "";
    if (quoted) {
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === "\\" && (text[at + 1] === '"' || text[at + 1] === "\\")) at++;
        parameter += text[at++];
      }
      if (at >= text.length) return `the quote of ${name} is not closed`;
      at++;
    } else {
      while (at < text.length && text[at] !== ";" && text[at] !== " " && text[at] !== "\t") {
        parameter += text[at++];
      }
    }
    if (parameters.has(name)) return `${name} appears twice`;
    parameters.set(name, { value: parameter, quoted });
    skipBlanks();
  }
  return { value, parameters };
}
