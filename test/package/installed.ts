/** What users of all packages install, in the order of the alphabet. */
export const INSTALLED: readonly string[] = [
  "@noble/hashes",
  "dom-serializer",
  "domelementtype",
  "domhandler",
  "domutils",
  "entities",
  "hono",
  "htmlparser2",
  "leven",
  "valibot",
];
