/** Browsers skip control characters and blanks before an address, and line ends and tabs within. */
function plain(address: string): string {
  // A scheme is short, but what is skipped before it may be long.
  return address
    .replace(/^[\0- ]+/, "")
    .slice(0, 200)
    .replace(/[\t\n\r]/g, "");
}

const SCRIPT = /^(?:javascript|vbscript|livescript|mocha):/i;

/** Whether an address runs a script. */
export function isScript(address: string): boolean {
  return SCRIPT.test(plain(address));
}

/** The scheme of an address that runs a script, as in `vbscript:`. */
export function scriptScheme(address: string): string | undefined {
  return SCRIPT.exec(plain(address))?.[0].toLowerCase();
}

/** Documents that have scripts of their own. */
const DOCUMENT =
  /^data:\s*(?:text\/(?:html|xml|xsl|javascript)|application\/(?:xhtml|xml|javascript|ecmascript)|image\/svg)/i;

/** Whether an address is a whole document that may run scripts. */
export function isDocument(address: string): boolean {
  return DOCUMENT.test(plain(address));
}
