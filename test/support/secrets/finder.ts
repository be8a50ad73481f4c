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

/** A form is looked for by its beginning. */
const BEGINNING = 12;

interface Form {
  readonly text: string;
  readonly name: string;
}

/** Finds what looks like a secret, and the secrets that it is told of. */
export function createSecretFinder(): SecretFinder {
  const known = new Set<string>();
  const isNew: (readonly [kind: string, secret: string])[] = [];
  const forms = new Map<string, Form[]>();

  function learn(): void {
    for (const [kind, secret] of isNew.splice(0)) {
      for (const [form, text] of piecesOf(secret).flatMap(formsOf)) {
        const beginning = text.slice(0, BEGINNING);
        const others = forms.get(beginning) ?? [];
        forms.set(beginning, [...others, { text, name: `${kind}, ${form}` }]);
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
      const found = new Set<string>();
      for (const [kind, looks] of LOOKS) if (looks.test(text)) found.add(`${kind}, by its looks`);
      // Words without a space are all that may hold one, and few are so long.
      for (const [word] of text.matchAll(/\S{12,}/g)) {
        learn();
        for (let at = 0; at + BEGINNING <= word.length; at++) {
          for (const form of forms.get(word.slice(at, at + BEGINNING)) ?? []) {
            if (word.startsWith(form.text, at)) found.add(form.name);
          }
        }
      }
      return [...found];
    },
  };
}

/** Whether it cannot occur by chance, as “secret” and a token of 64 times the same letter do. */
function isDistinct(secret: string): boolean {
  return secret.length >= BEGINNING && !/\s/.test(secret) && new Set(secret).size >= 6;
}

/** A long secret by its beginning and its end, so that it is found cut off too. */
function piecesOf(secret: string): string[] {
  return secret.length < 64 ? [secret] : [secret.slice(0, 32), secret.slice(-32)];
}
