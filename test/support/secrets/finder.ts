// Finds secrets in texts. One is named by its kind and form, and never shown.

import { formsOf } from "./forms.ts";

export interface SecretFinder {
  /** From now on the secret is found, in every form. */
  readonly know: (kind: string, secret: string) => void;
  /** What stands in a text: “an AppSecret, in base64”. */
  readonly find: (text: string) => string[];
}

/** What is a secret by its looks, whoever made it. The public key of a private key does not begin like this. */
const LOOKS: readonly (readonly [kind: string, looks: RegExp])[] = [
  [
    "a private key",
    /-----BEGIN(?:(?: |%20|\+)[A-Z]+)?(?: |%20|\+)PRIVATE(?: |%20|\+)KEY-----(?:\\[nr]|\s|%0[AD])*[\w+/%]{40}/i,
  ],
  ["a private key", /BADANBgkqhkiG9w0BAQEFAAS[\w+/-]{20}/],
  ["an access token", /(?<![\w-])[1-9]\d_[\w-]{133}(?![\w-])/],
  [
    "a ticket, code or token of a platform",
    /(?:ticket|refreshtoken|preauthcode|queryauthcode)(?:@|%40){3}[\w-]{40}/,
  ],
];
/** Nothing of these looks is shorter. */
const SHORTEST_LOOKS = 43;

/** The fewest characters of a secret. A form is looked for by as many. */
const BEGINNING = 12;

/** Of a long secret parts of this length are looked for. */
const PIECE = 32;

interface Form {
  readonly text: string;
  readonly name: string;
}

/** What looks like a secret in a text: “a private key, by its looks”. */
export function findByLooks(text: string): string[] {
  if (text.length < SHORTEST_LOOKS) return [];
  return LOOKS.filter(([, looks]) => looks.test(text)).map(([kind]) => `${kind}, by its looks`);
}

/** Finds the secrets that it is told of. */
export function createSecretFinder(): SecretFinder {
  const known = new Set<string>();
  const isNew: (readonly [kind: string, secret: string])[] = [];
  const forms = new Map<string, Form[]>();
  /** By four characters in a row: whether a form begins with them. Tells most places from the few to look at. */
  const begins = new Uint8Array(0x10000);

  function learn(): void {
    for (const [kind, secret] of isNew.splice(0)) {
      for (const [form, text] of piecesOf(secret).flatMap(formsOf)) {
        const beginning = text.slice(0, BEGINNING);
        const others = forms.get(beginning) ?? [];
        forms.set(beginning, [...others, { text, name: `${kind}, ${form}` }]);
        let four = 0;
        for (let at = 0; at < 4; at++) four = next(four, text.charCodeAt(at));
        begins[four] = 1;
      }
    }
  }

  return {
    know(kind, secret) {
      if (known.has(secret) || !isDistinct(secret)) return;
      known.add(secret);
      isNew.push([kind, secret]);
    },
    find(text) {
      if (text.length < BEGINNING) return [];
      learn();
      const found = new Set<string>();
      let four = 0;
      for (let at = 0; at < text.length; at++) {
        four = next(four, text.charCodeAt(at));
        if (begins[four] === 0) continue;
        for (const form of forms.get(text.slice(at - 3, at - 3 + BEGINNING)) ?? []) {
          if (text.startsWith(form.text, at - 3)) found.add(form.name);
        }
      }
      return [...found];
    },
  };
}

/** The number of four characters in a row, from that of the four before and the next character. */
function next(four: number, character: number): number {
  return ((four << 4) ^ character) & 0xffff;
}

/** Whether it cannot occur by chance, as “secret” and a token of 64 times the same letter do. */
function isDistinct(secret: string): boolean {
  return secret.length >= BEGINNING && new Set(secret).size >= 6;
}

/**
 * A long secret by parts near its beginning, its middle and its end, so that it is found cut off too. No
 * part of a key goes over the end of a line of PEM, which has 64 characters.
 */
function piecesOf(secret: string): string[] {
  const { length } = secret;
  if (length < 2 * PIECE) return [secret];
  const starts = [0, ...(length > 512 ? [length >> 1] : []), length - PIECE];
  return starts.map((at) => at - (at % PIECE)).map((start) => secret.slice(start, start + PIECE));
}
