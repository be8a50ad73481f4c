// What is said of a text or bytes that are no key of the wanted kind.

import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };
import { CERTIFICATE, PRIVATE, PUBLIC } from "../../../src/pay/keys/key-kind.ts";
import { noKey, readKey } from "../../../src/pay/keys/key-text.ts";

const { privateKey } = credentials.pay;
const publicKey = vectors.keys["rsa.spki"];
const merchant = { kinds: [PRIVATE], wanted: "the merchant's key" };
const platform = { kinds: [PUBLIC, CERTIFICATE], wanted: "a platform key" };

const refusal = (key: string | Uint8Array, wanted = merchant): string => {
  try {
    readKey("privateKey", key, wanted);
  } catch (error) {
    return (error as Error).message;
  }
  return expect.fail("It was taken.");
};
const base64Of = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, "");
const NOT_WHOLE =
  "privateKey is not whole, or not in order: its DER is broken. It must be the merchant's key.";

describe("a text without a key", () => {
  it.each(["", "text", "A".repeat(63), "-----", "BEGIN"])("%j is none in any form", (text) => {
    expect(refusal(text)).toBe(noKey("privateKey", text));
    expect(noKey("privateKey", text)).toMatch(
      /^privateKey must be a PEM string, bytes of PEM or DER, base64 of either, or a CryptoKey, not a.*string/,
    );
  });

  it("is a part of a PEM where a line is missing", () => {
    const words =
      'privateKey is a part of a PEM: it has no line "-----BEGIN …-----" with its "-----END …-----". It must be the merchant\'s key.';
    expect(refusal(privateKey.slice(0, -30))).toBe(words);
    expect(refusal(privateKey.slice(10))).toBe(words);
    expect(refusal("-----END PRIVATE KEY-----")).toBe(words);
  });

  it("is named by its look where it has one", () => {
    expect(refusal("/etc/apiclient_key.pem")).toBe(
      "privateKey is a path or URL. It must be the merchant's key.",
    );
    expect(refusal("1900009191")).toBe(
      "privateKey is a merchant number. It must be the merchant's key.",
    );
  });

  it("is DER that is broken", () => {
    const half = base64Of(privateKey).slice(0, 800);
    for (const text of [
      `-----BEGIN PRIVATE KEY-----\n${half}\n-----END PRIVATE KEY-----`,
      "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----",
      half,
    ]) {
      expect(refusal(text)).toBe(NOT_WHOLE);
    }
    expect(refusal(Uint8Array.of(0x30, 5, 1))).toBe(NOT_WHOLE);
    expect(refusal(Uint8Array.of(0x30, 1, 0, 0))).toBe(NOT_WHOLE);
  });

  it("is DER of something else", () => {
    expect(refusal(Uint8Array.of(0x30, 3, 2, 1, 5))).toBe(
      "privateKey is DER of something else. It must be the merchant's key.",
    );
  });
});

describe("a character that is not base64", () => {
  it.each([
    ["!", 1, 1, "0021"],
    ["\u4e2d", 3, 10, "4E2D"],
    ["=", 2, 64, "003D"],
  ])("%j has a line and a place", (wrong, line, place, code) => {
    const lines = base64Of(privateKey).match(/.{1,64}/g) ?? [];
    const at = lines[line - 1] ?? "";
    lines[line - 1] = at.slice(0, place - 1) + wrong + at.slice(place);
    const words = (number: number): string =>
      `privateKey is not base64 in line ${number} at character ${place} (U+${code}). It must be the merchant's key.`;
    const pem = `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----`;
    expect(refusal(pem)).toBe(words(line + 1));
    expect(refusal(`a line\n${pem}`)).toBe(words(line + 2));
  });
});

describe("a key of another kind", () => {
  const pem = (label: string, content = "AAAA") =>
    `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----`;

  it("is named, with what helps where the wanted kind can be made of it", () => {
    expect(refusal(publicKey)).toBe("privateKey is a public key. It must be the merchant's key.");
    expect(refusal(privateKey, platform)).toBe(
      "privateKey is a private key. It must be a platform key.",
    );
    expect(refusal(pem("ENCRYPTED PRIVATE KEY"))).toBe(
      "privateKey is encrypted. Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in encrypted.pem -out apiclient_key.pem. It must be the merchant's key.",
    );
    expect(refusal(pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\nAAAA"))).toMatch(
      /^privateKey is encrypted\. Decrypt it first/,
    );
    expect(refusal(pem("ENCRYPTED PRIVATE KEY"), platform)).toBe(
      "privateKey is encrypted. It must be a platform key.",
    );
    expect(refusal(pem("OPENSSH PRIVATE KEY"))).toBe(
      "privateKey is an OpenSSH key. Convert it: ssh-keygen -p -m PKCS8 -f key. It must be the merchant's key.",
    );
  });

  it("does not hide one of the wanted kind that shares a dash with it", () => {
    const short = (pem: string): string => pem.trim().replace(/-{5}/g, "-");
    const both = short(publicKey) + short(privateKey).slice(1);
    expect(readKey("privateKey", both, merchant).kind).toBe(PRIVATE);
    expect(readKey("platformKeys", both, platform).kind).toBe(PUBLIC);
  });

  it("does not hide one of the wanted kind behind it", () => {
    const both = `${publicKey}\n${privateKey}`;
    expect(readKey("privateKey", both, merchant).kind).toBe(PRIVATE);
    expect(readKey("platformKeys", both, platform).kind).toBe(PUBLIC);
    const broken = `${pem("PRIVATE KEY", "!")}\n${privateKey}`;
    expect(readKey("privateKey", broken, merchant).kind).toBe(PRIVATE);
    expect(refusal(`${publicKey}\n${pem("ENCRYPTED PRIVATE KEY")}`)).toMatch(/is a public key\./);
  });
});

describe("a key in the forms that programs make of it", () => {
  const base64 = base64Of(privateKey);
  const expected = readKey("privateKey", privateKey, merchant).der;
  const wide = (text: string, little: boolean): Uint8Array => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return Uint8Array.from([...bytes].flatMap((byte) => (little ? [byte, 0] : [0, byte])));
  };

  it.each<[string, string | Uint8Array]>([
    ["with \\n", privateKey.replaceAll("\n", "\\n")],
    ["with \\\\n", privateKey.replaceAll("\n", "\\\\n")],
    ["with \\r\\n", privateKey.replaceAll("\n", "\\r\\n")],
    ["with CR", privateKey.replaceAll("\n", "\r")],
    ["with CR LF", privateKey.replaceAll("\n", "\r\n")],
    ["with tabs", privateKey.replaceAll("\n", "\\t")],
    ["with \\u003d", privateKey.replaceAll("=", "\\u003d").replaceAll("+", "\\u002B")],
    ["with \\x3d", privateKey.replaceAll("=", "\\x3D")],
    ["with %3D", privateKey.replaceAll("=", "%3D").replaceAll("+", "%2b").replaceAll("\n", "%0A")],
    ["with dashes of an editor", privateKey.replaceAll("-", "\u2014")],
    ["with wide hyphens", privateKey.replaceAll("-", "\uff0d")],
    ["on one line", privateKey.replaceAll("\n", " ")],
    [
      "without blanks in its label",
      privateKey.replaceAll("PRIVATE KEY", "PRIVATEKEY").replaceAll("BEGIN ", "BEGIN"),
    ],
    ["with blanks for +", privateKey.replaceAll("+", " ")],
    ["in base64 alone", base64],
    ["in base64 without its end", base64.replace(/=+$/, "")],
    ["in quotes", `"${base64}"`],
    ["in base64 of the whole", btoa(privateKey)],
    ["in bytes", new TextEncoder().encode(privateKey)],
    ["in bytes of base64", new TextEncoder().encode(base64)],
    ["in DER", Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))],
    ["in UTF-16", wide(privateKey, true)],
    ["in UTF-16, the other order", wide(privateKey, false)],
    ["in UTF-16 with its mark", Uint8Array.of(0xff, 0xfe, ...wide(privateKey, true))],
    ["in UTF-16 with the other mark", Uint8Array.of(0xfe, 0xff, ...wide(privateKey, false))],
  ])("%s", (_, key) => {
    expect(readKey("privateKey", key, merchant)).toMatchObject({ kind: PRIVATE, der: expected });
  });

  it("is none in bytes that are no text", () => {
    expect(refusal(Uint8Array.of(0x50, 0x80, 0x81, 0x82, 0x83))).toBe(
      "privateKey must be a PEM string, bytes of PEM or DER, base64 of either, or a CryptoKey, not a Uint8Array of 5 bytes.",
    );
    expect(refusal(new Uint8Array())).toMatch(/not a Uint8Array of 0 bytes\.$/);
  });
});
