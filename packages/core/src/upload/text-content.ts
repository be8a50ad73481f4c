const TEXTS: readonly (readonly [start: RegExp, cure: string])[] = [
  [/^data:/i, "It is a data: URL. Decode it first: await (await fetch(dataUrl)).blob()."],
  // JPEG, PNG, BMP, GIF, RIFF, PDF, MP4
  [
    /^(?:\/9j\/|iVBORw0K|Qk[0-3]|R0lGOD|UklGR|JVBERi|AAAA\w{4}Z0eX)/,
    "It is base64 text. Decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).",
  ],
  [/^https?:/i, "It is a URL: use createUrlSource(url)."],
  [/^[<{[]/, "It is HTML, XML or JSON, such as an error page in its place."],
];

/** Says what text was given in place of a file, or undefined for other bytes. */
export function textContent(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head.subarray(0, 64)).trimStart();
  return TEXTS.find(([start]) => start.test(text))?.[1];
}
