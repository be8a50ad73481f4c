// How a secret looks where somebody let it out.

const encoder = new TextEncoder();

/** A secret as it is, in base64, in hex, in a URL and in JSON. */
export function formsOf(secret: string): [form: string, text: string][] {
  const bytes = encoder.encode(secret);
  const url = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const names = new Map<string, string>();
  const add = (form: string, text: string): void => {
    if (!names.has(text)) names.set(text, form);
  };
  add("as it is", secret);
  add("in JSON", json);
  add("in JSON", json.replaceAll("/", "\\/"));
  add("in a URL", url);
  add("in a form", new URLSearchParams({ a: secret }).toString().slice(2));
  add(
    "in a URL",
    url.replace(/%../g, (escaped) => escaped.toLowerCase()),
  );
  add("in hex", hex);
  add("in hex", hex.toUpperCase());
  for (const text of base64Of(bytes)) {
    add("in base64", text);
    add("in base64url", text.replaceAll("+", "-").replaceAll("/", "_"));
    add("in base64 in a URL", encodeURIComponent(text));
  }
  return Array.from(names, ([text, form]) => [form, text]);
}

/** The bytes in base64, without the ends, which differ with what stands around them: for each place in a group. */
function base64Of(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => {
    const shifted = new Uint8Array(shift + bytes.length);
    shifted.set(bytes, shift);
    return btoa(String.fromCharCode(...shifted)).slice(4, -4);
  });
}
