// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the first bytes of files are what these patterns are for

/** What ID3 tags come before; {@link mp3Start} knows more of it. */
export const TAGGED = "MP3 or another sound with ID3 tags";

/** Files that no call takes, by their first bytes, one character a byte: their names for messages. */
const FOREIGN: readonly (readonly [name: string, start: RegExp])[] = [
  ["TIFF", /^(?:II\*\0|MM\0\*)/],
  // No comment ends later than it must: of many, there would be more readings than can be tried.
  ["SVG", /^(?:<[?!]\w[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:\w+:)?svg[\s/>]/is],
  ["a ZIP archive or an office document", /^(?:PK\x03\x04|\xd0\xcf\x11\xe0)/],
  ["Ogg", /^OggS/],
  [TAGGED, /^ID3/],
  ["FLAC", /^fLaC/],
  ["AAC", /^\xff[\xf0\xf1\xf8\xf9]/],
  ["MP2", /^\xff[\xf4\xf5\xfc\xfd]/],
  ["PSD", /^8BPS/],
  ["ICO", /^\0\0\x01\0/],
  ["JPEG XL", /^(?:\xff\n|\0\0\0\x0cJXL)/],
  ["JPEG-LS", /^\xff\xd8\xff\xf7/],
];

/** Names what the first bytes of a file of unknown format are; undefined for other bytes. */
export function foreignName(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 512)).replace(/^\xef\xbb\xbf/, "");
  return FOREIGN.find(([, pattern]) => pattern.test(start))?.[0];
}
