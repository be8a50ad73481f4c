// The forms that people have a key in: each is read as the key that it is, or named when the client is made.

import { createPayClient, KeyError, type PlatformKey } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { thrownBy } from "../../../../../test/support/misuse.ts";
import vectors from "../../../../../test/vectors/keys.json" with { type: "json" };

const { keys } = vectors;
const SERIAL = "6457C85CA78CE47B0E9100C24E50C5957B84E6B5";
const [WECHAT] = credentials.pay.platformKeys as [PlatformKey];

type Key = PlatformKey["key"];

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array =>
  new Uint8Array(
    Uint16Array.from(Array.from(`\ufeff${text}`).map((letter) => letter.charCodeAt(0))).buffer,
  );
const swapped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((_, at) => bytes[at % 2 === 0 ? at + 1 : at - 1] ?? 0);
const base64 = (text: string): string => btoa(text);
const bare = (pem: string): string => pem.replace(/-----[^-]+-----/g, "").trim();
const der = (pem: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(bare(pem).replace(/\s/g, "")), (letter) => letter.charCodeAt(0));

/** The beginning of a file as openssl pkcs12 writes it. */
const P12 = Uint8Array.from([
  48, 19, 2, 1, 3, 48, 14, 6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 1, 160, 1, 0,
]);

/** Forms of a PEM that must be read. */
const forms: Readonly<Record<string, (pem: string) => Key>> = {
  "as it is": (pem) => pem,
  CRLF: (pem) => pem.replaceAll("\n", "\r\n"),
  "CR alone": (pem) => pem.replaceAll("\n", "\r"),
  "\\n in place of line ends": (pem) => pem.replaceAll("\n", "\\n"),
  "\\r\\n in place of line ends": (pem) => pem.replaceAll("\n", "\\r\\n"),
  "\\\\n, escaped twice": (pem) => pem.replaceAll("\n", "\\\\n"),
  "\\\\r\\\\n, escaped twice": (pem) => pem.replaceAll("\n", "\\\\r\\\\n"),
  "a JSON string": (pem) => JSON.stringify(pem),
  "a JSON string in a JSON string": (pem) => JSON.stringify(JSON.stringify(pem)),
  "JSON of PHP, / escaped too": (pem) => JSON.stringify(pem).replaceAll("/", "\\/"),
  "JSON of Java, = escaped too": (pem) => JSON.stringify(pem).replaceAll("=", "\\u003d"),
  "double quotes around": (pem) => `"${pem.replaceAll("\n", "\\n")}"`,
  "single quotes around": (pem) => `'${pem}'`,
  "a line of a .env file": (pem) => `PRIVATE_KEY="${pem.replaceAll("\n", "\\n")}"`,
  "a backslash at each line's end": (pem) => pem.replaceAll("\n", "\\\n"),
  "one line with blanks": (pem) => pem.replaceAll("\n", " "),
  "one line without blanks": (pem) => pem.replaceAll("\n", ""),
  "indented by blanks": (pem) => pem.replaceAll(/^/gm, "    "),
  "indented by tabs": (pem) => pem.replaceAll(/^/gm, "\t"),
  "a blank line between lines": (pem) => pem.replaceAll("\n", "\n\n"),
  "a byte order mark": (pem) => `\ufeff${pem}`,
  "text around": (pem) => `Bag Attributes\n    friendlyName: x\n${pem}\nmore text`,
  "base64 alone": (pem) => bare(pem),
  "base64 alone in one line": (pem) => bare(pem).replaceAll("\n", ""),
  "base64 alone with \\n": (pem) => bare(pem).replaceAll("\n", "\\n"),
  "base64 alone in quotes": (pem) => `"${bare(pem).replaceAll("\n", "")}"`,
  "base64 alone without its =": (pem) => bare(pem).replaceAll("=", ""),
  "base64 of the file": (pem) => base64(pem),
  "base64 of the file in lines": (pem) => base64(pem).replace(/.{76}/g, "$&\n"),
  "base64 of the file with CRLF": (pem) => base64(pem.replaceAll("\n", "\r\n")),
  "base64 of the file, twice": (pem) => base64(base64(pem)),
  "base64 of the file with a byte order mark": (pem) => base64(`\xef\xbb\xbf${pem}`),
  "bytes of the PEM": (pem) => utf8(pem),
  "bytes of the PEM with a byte order mark": (pem) => utf8(`\ufeff${pem}`),
  "bytes of the PEM in UTF-16, as PowerShell writes it": (pem) => utf16(pem),
  "bytes of the PEM in UTF-16, high byte first": (pem) => swapped(utf16(pem)),
  "bytes of the PEM in UTF-16 without a byte order mark": (pem) => utf16(pem).subarray(2),
  "URL encoding": (pem) => encodeURIComponent(pem),
  "URL encoding of line ends": (pem) => pem.replaceAll("\n", "%0A"),
  "the encoding of a web form": (pem) => encodeURIComponent(pem).replaceAll("%20", "+"),
  "a blank for each +, as a web form has it": (pem) => pem.replaceAll("+", " "),
  "\\x0a in place of line ends": (pem) => pem.replaceAll("\n", "\\x0a"),
  "dashes in place of hyphens": (pem) => pem.replaceAll("-----", "\u2014\u2013"),
  "hyphens that do not break": (pem) => pem.replaceAll("-", "\u2011"),
  "all blanks dropped": (pem) => pem.replaceAll(/\s/g, ""),
  "_ for each blank": (pem) => pem.replaceAll(" ", "_"),
  "small letters in BEGIN and END": (pem) =>
    pem.replaceAll(/-[A-Z ]+-/g, (line) => line.toLowerCase()),
  "an ArrayBuffer of the PEM": (pem) => utf8(pem).buffer,
  "bytes of base64 of the file": (pem) => utf8(base64(pem)),
  "bytes of base64 alone": (pem) => utf8(bare(pem)),
  "bytes of the DER": (pem) => der(pem),
  "an ArrayBuffer of the DER": (pem) => der(pem).buffer,
  "a part of larger bytes": (pem) => {
    const whole = new Uint8Array([1, 2, ...der(pem), 3]);
    return whole.subarray(2, whole.byteLength - 1);
  },
  "another label": (pem) => pem.replaceAll(/(BEGIN|END) [A-Z ]+/g, "$1 KEY"),
  "the label of another kind": (pem) =>
    pem.replaceAll(
      /(BEGIN|END) ([A-Z ]+)/g,
      (_, edge: string, label: string) =>
        `${edge} ${label.startsWith("RSA") ? "PRIVATE KEY" : label === "PUBLIC KEY" ? "CERTIFICATE" : "PUBLIC KEY"}`,
    ),
};

function client(privateKey: Key, platformKey: Partial<PlatformKey> = {}) {
  return createPayClient({
    mchid: "1900000001",
    serialNo: "0A1B",
    privateKey,
    platformKeys: [{ ...WECHAT, ...platformKey }],
    now: () => 1_700_000_000_000,
    nonce: () => "0123456789abcdef",
  });
}

async function authorize(privateKey: Key): Promise<string> {
  const request = { method: "GET", path: "/v3/x", body: new Uint8Array(0) };
  return (await client(privateKey).sign(request)).authorization;
}

/** Resolves if the key verifies what privateKey signed, which pay.sign then refuses as the merchant's own. */
async function isKeyOfVectors(platformKeyId: string, key: Key): Promise<void> {
  const pay = client(keys["rsa.pkcs8"], { platformKeyId, key });
  const signing = pay.sign({ method: "GET", path: "/v3/x", body: new Uint8Array(0) });
  await expect(signing).rejects.toThrow(/is the merchant's own key/);
}

describe("a key is read", () => {
  for (const [form, write] of Object.entries(forms)) {
    it(`with ${form}`, async () => {
      const plain = await authorize(keys["rsa.pkcs8"]);
      expect(await authorize(write(keys["rsa.pkcs8"]))).toBe(plain);
      expect(await authorize(write(keys["rsa.pkcs1"]))).toBe(plain);
      await isKeyOfVectors("PUB_KEY_ID_1", write(keys["rsa.spki"]));
      await isKeyOfVectors(SERIAL, write(keys["rsa.x509"]));
    });
  }
});

const SECRET_LINE = keys["rsa.pkcs8"].split("\n")[5] ?? "";

/** What is no key, and how the error names it. */
const named: Readonly<Record<string, readonly [Key, RegExp]>> = {
  "a character that is not base64": [
    keys["rsa.pkcs8"].replace(SECRET_LINE, `${SECRET_LINE.slice(0, 9)}*${SECRET_LINE.slice(10)}`),
    /privateKey is not base64 in line 6 at character 10 \(U\+002A\)/,
  ],
  "the same, its line ends written as \\n": [
    keys["rsa.pkcs8"].replace(SECRET_LINE, `…${SECRET_LINE.slice(1)}`).replaceAll("\n", "\\n"),
    /is not base64 in line 6 at character 1 \(U\+2026\)/,
  ],
  "a zero-width blank in base64 alone": [
    bare(keys["rsa.pkcs8"]).replace(/^(.{64}\n.{3})/, "$1\u200b"),
    /is not base64 in line 2 at character 4 \(U\+200B\)/,
  ],
  "DER that was read as text": [
    new TextDecoder().decode(der(keys["rsa.pkcs8"])),
    /is a binary file that was read as text: pass its bytes\. It must be/,
  ],
  "a .p12 file that was read as text": [
    new TextDecoder().decode(Uint8Array.of(0x30, 0x82, 0x0a, 0x11, 2, 1, 3, ...new Uint8Array(70))),
    /is a binary file that was read as text/,
  ],
  "= in the middle": [
    keys["rsa.pkcs8"].replace(SECRET_LINE, `=${SECRET_LINE.slice(1)}`),
    /is not base64 in line 6 at character 1 \(U\+003D\)/,
  ],
  "a PEM that is cut before its END": [keys["rsa.pkcs8"].slice(0, 800), /is a part of a PEM.*END/],
  "a PEM without its BEGIN": [keys["rsa.pkcs8"].slice(40), /is a part of a PEM.*BEGIN/],
  "a PEM without a line in the middle": [
    keys["rsa.pkcs8"].replace(`${SECRET_LINE}\n`, ""),
    /is not whole, or not in order/,
  ],
  "a PEM without its first line": [
    keys["rsa.pkcs8"].replace(/\n.{64}\n/, "\n"),
    /is not whole, or not in order/,
  ],
  "a PEM with a line twice": [
    keys["rsa.pkcs8"].replace(SECRET_LINE, `${SECRET_LINE}\n${SECRET_LINE}`),
    /is not whole, or not in order/,
  ],
  "base64 that is cut": [bare(keys["rsa.pkcs8"]).slice(0, 700), /is not whole, or not in order/],
  "base64 that lost one character": [bare(keys["rsa.pkcs8"]).slice(0, 705), /is not whole/],
  "base64 of half a file": [base64(keys["rsa.pkcs8"].slice(0, 900)), /is a part of a PEM/],
  "DER that is cut": [der(keys["rsa.pkcs8"]).subarray(0, 600), /is not whole, or not in order/],
  "a PEM with nothing inside": [
    "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
    /is not whole/,
  ],
  "no bytes": [new Uint8Array(0), /must be a PEM string, .*, not a Uint8Array of 0 bytes/],
  "bytes of a picture": [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1),
    /must be a PEM string, .*, not a Uint8Array of 7 bytes/,
  ],
  "DER of which each byte became a letter": [
    String.fromCharCode(...der(keys["rsa.pkcs8"])),
    /is a binary file that was read as text/,
  ],
  blanks: ["  \n ", /must be a PEM string/],
  "a public key": [keys["rsa.spki"], /is a public key\. It must be the private key/],
  "a public key as DER": [der(keys["rsa.spki"]), /is a public key\. It must be the private key/],
  "a PKCS#1 public key": [keys["rsa.pkcs1pub"], /is a PKCS#1 public key\. It must be/],
  "a public key under the label of a private one": [
    keys["rsa.spki"].replaceAll("PUBLIC", "PRIVATE"),
    /is a public key/,
  ],
  "a certificate": [keys["rsa.x509"], /is a certificate\. It must be the private key/],
  "a certificate in base64": [bare(keys["rsa.x509"]), /is a certificate\. It must be/],
  "a certificate request": [keys["request.csr"], /is a certificate request/],
  "a certificate request as DER": [der(keys["request.csr"]), /is a certificate request/],
  "an encrypted PKCS#8 key": [keys["encrypted.pkcs8"], /is encrypted\. .*openssl pkcs8/],
  "an encrypted PKCS#8 key as DER": [der(keys["encrypted.pkcs8"]), /is encrypted\. .*openssl/],
  "an encrypted PKCS#1 key": [keys["encrypted.pkcs1"], /is encrypted\. .*openssl/],
  "an EC key": [keys["ec.sec1"], /is an EC key/],
  "an EC key in PKCS#8": [keys["ec.pkcs8"], /is an EC key/],
  "an EC key as DER": [der(keys["ec.pkcs8"]), /is an EC key/],
  "an OpenSSH key": [
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----",
    /is an OpenSSH key\. Convert it: ssh-keygen/,
  ],
  "a .p12 file": [P12, /is a \.p12 file\. Take the key out of it: openssl pkcs12/],
  "a .p12 file without lengths": [
    Uint8Array.of(0x30, 0x80, 2, 1, 3, 0x30, 0x80, 6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 1, 0, 0),
    /is a \.p12 file/,
  ],
  "a .p7b file": [
    Uint8Array.of(0x30, 0x0e, 6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 2, 0xa0, 1, 0),
    /is a \.p7b file/,
  ],
  "a path": ["./apiclient_key.pem", /is a path or URL\. It must be .*text or bytes/],
  "a path of Windows": ["C:\\new\\cert\\apiclient_key.pem", /is a path or URL/],
  "a path without extension": ["/run/secrets/wechat_private_key", /is a path or URL/],
  "a path in the home directory": ["~/cert/key", /is a path or URL/],
  "a file's name": ["apiclient_key.pem", /is a path or URL/],
  "a URL": ["https://example.com/key", /is a path or URL/],
  "a file URL": ["file:///etc/key", /is a path or URL/],
  "the name of a variable": ["WECHAT_PRIVATE_KEY", /is the name of a variable/],
  "a variable of a shell": ["$PRIVATE_KEY", /is the name of a variable/],
  "a template that was not filled in": ["\u0024{PRIVATE_KEY}", /is the name of a variable/],
  "a variable of Windows": ["%PRIVATE_KEY%", /is the name of a variable/],
  "a variable of JavaScript": ["process.env.PRIVATE_KEY", /is the name of a variable/],
  "a secret of a CI": ["\u0024{{ secrets.PRIVATE_KEY }}", /is the name of a variable/],
  "the text undefined": ["undefined", /is the text "undefined", "null" or/],
  "the text null": ["null", /is the text "undefined", "null" or/],
  "an object that became text": ["[object Object]", /is the text .*\[object …\]/],
};

describe("what is no private key is named when the client is made", () => {
  for (const [what, [key, message]] of Object.entries(named)) {
    it(what, () => {
      expect(() => client(key)).toThrow(KeyError);
      expect(() => client(key)).toThrow(message);
    });
  }

  it("and no part of it is shown", () => {
    for (const [key] of Object.values(named)) {
      if (typeof key !== "string" || key.length < 60) continue;
      const message = thrownBy(() => client(key)).message;
      for (const [part] of key.matchAll(/[A-Za-z\d+/]{12}/g)) {
        if (!/[a-z]+[A-Z]|\d/.test(part)) continue;
        expect(message).not.toContain(part);
      }
    }
  });
});

describe("what is no platform key is named when the client is made", () => {
  const wrong: Readonly<Record<string, readonly [Key, RegExp]>> = {
    "a private key": [keys["rsa.pkcs8"], /is a private key\. .*never belongs there/],
    "a private key in PKCS#1": [keys["rsa.pkcs1"], /is a private key\. .*never belongs there/],
    "a private key in base64": [bare(keys["rsa.pkcs8"]), /is a private key\./],
    "a private key as DER": [der(keys["rsa.pkcs8"]), /is a private key\./],
    "a PKCS#1 public key": [keys["rsa.pkcs1pub"], /is a PKCS#1 public key\. Convert it: openssl/],
    "an EC public key": [keys["ec.spki"], /is an EC key/],
    "an EC certificate": [keys["ec.x509"], /is an EC key/],
    "a certificate that is cut": [keys["rsa.x509"].slice(0, 500), /is a part of a PEM/],
    "an SSH public key": [`ssh-rsa ${"A".repeat(300)} me@host`, /is a public key/],
    "an encrypted key": [keys["encrypted.pkcs8"], /is encrypted\. It must be WeChat Pay's/],
    "a .p12 file": [P12, /is a \.p12 file\. It must be WeChat Pay's/],
    "DER that was read as text": [
      new TextDecoder().decode(der(keys["rsa.spki"])),
      /is a binary file that was read as text/,
    ],
    "a path": ["pub_key.pem", /is a path or URL/],
    "the name of a variable": ["WECHAT_PUB_KEY", /is the name of a variable/],
    "the id of the key": ["PUB_KEY_ID_0119000001092024101100397200000006", /is the id of a public/],
  };
  for (const [what, [key, message]] of Object.entries(wrong)) {
    it(what, () => {
      expect(() => client(keys["rsa.pkcs8"], { key })).toThrow(KeyError);
      expect(() => client(keys["rsa.pkcs8"], { key })).toThrow(message);
    });
  }
});
