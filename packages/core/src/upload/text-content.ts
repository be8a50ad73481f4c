const TEXTS: readonly (readonly [start: RegExp, cure: string])[] = [
  [/^data:/i, "It is a data: URL. Decode it first: await (await fetch(dataUrl)).blob()."],
  // JPEG, PNG, BMP, GIF, RIFF, PDF, MP4
  [
    /^"?(?:[/_]9j[/_]|iVBORw0K|Qk[0-3]|R0lGOD|UklGR|JVBERi|AAAA\w{4}Z0eX)/,
    "It is base64 text. Decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).",
  ],
  [/^https?:/i, "It is a URL: use createUrlSource(url)."],
  // U+FFFD, or the first bytes of JPEG and PNG, in UTF-8
  [/^(?:\xef\xbf\xbd|\xc3\xbf\xc3\x98|\xc2\x89P)/, "It was read as text: read its bytes."],
  [/^--/, "It is a form: pass the file in it."],
  [/^[<{[]/, "It is HTML, XML or JSON, such as an error page in its place."],
];

/** Says what text was given in place of a file, or undefined for other bytes. */
export function textContent(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, 64)).replace(/^(?:\xef\xbb\xbf|\s)+/, "");
  return TEXTS.find(([start]) => start.test(text))?.[1];
}
