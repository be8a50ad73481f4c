import { describe, expect, it } from "vitest";
import { KeyError } from "../../../src/pay/errors.ts";
import {
  bareText,
  checkId,
  looksLike,
  PUBLIC_KEY_ID,
  SERIAL,
  type WantedId,
} from "../../../src/pay/keys/looks-like.ts";

const BASE64 = "a key or certificate in base64";
const REQUEST = "a certificate request";
const SECRET = "an APIv3 key or an AppSecret";
const PATH = "a path or URL";
const VARIABLE = "the name of a variable";

const LOOKS: readonly (readonly [string, readonly string[]])[] = [
  [
    "a binary file that was read as text: pass its bytes",
    ["a\x80b", "a\x9fb", "\ufffd", "BEGIN PRIVATE KEY \ufffd"],
  ],
  [
    'the text "undefined", "null" or "[object …]"',
    ["undefined", "null", "[object Object]", "[object Promise]", ' "undefined" '],
  ],
  ["a private key", ["-BEGIN PRIVATE KEY", "x BEGIN RSA PRIVATE KEY", "BEGIN PUBLIC PRIVATE KEY"]],
  [REQUEST, ["-----BEGIN CERTIFICATE REQUEST-----", "BEGIN NEW CERTIFICATE REQUEST"]],
  ["a certificate", ["-----BEGIN CERTIFICATE-----", "a\nBEGIN X509 CERTIFICATE"]],
  ["a public key", ["-----BEGIN PUBLIC KEY-----", "BEGIN RSA PUBLIC KEY", "ssh-rsa AAAA"]],
  [
    BASE64,
    ["MI", "MJ", "MK", "LS0t"].flatMap((start) =>
      start.length === 2
        ? [`${start}I${"A".repeat(60)}`, `M${start[1]}${"aZ0_+/=\n".repeat(8)}`]
        : [`${start}${"A".repeat(60)}`],
    ),
  ],
  [
    PUBLIC_KEY_ID,
    ["PUB_KEY_ID_1", "pub_key_id", "PUBKEYID", "PUB KEY ID", "PUB-KEY-ID-", "PUB_KEYID9"],
  ],
  ["the digits of the id of a public key without PUB_KEY_ID_ before them", ["1".repeat(34)]],
  [SERIAL, ["A1".repeat(18), "f".repeat(37), "0".repeat(40), "9".repeat(36)]],
  ["a serial number in decimal digits", ["1".repeat(41), "9".repeat(49)]],
  ["an AppID", ["wx26e3b4a1c0d9f857"]],
  ["a merchant number", ["12345678", "123456789", "1900009191"]],
  [
    SECRET,
    [
      "0123456789abcdef0123456789abcdef",
      "0123456789ABCDEF0123456789ABCDEa",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
      "abcdefghijklmnopqrstuvwxyz012345",
      "0123456789ABCDEF0123456789ABCDEG",
      "0123456789ABCDEF0123456789ABCDEz",
    ],
  ],
  [
    VARIABLE,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: how shells write a variable
    ["$KEY", "${KEY}", "{{ key.pem }}", "%KEY%", "process.env.KEY", "PAY_KEY", "A1_B2_C3"],
  ],
  [
    PATH,
    [
      ...["/etc/key", "./key", "../key", "~/key", ".\\key", "c:\\key", "C:/key"],
      ...["https://a.b/c", "file:///a", "apiclient_key.pem", "a b.p12", "cert.jpeg"],
    ],
  ],
];

describe("looksLike", () => {
  it.each(LOOKS.flatMap(([name, texts]) => texts.map((text) => [text, name])))(
    "takes %j for %s",
    (text, name) => {
      expect(looksLike(text)).toBe(name);
      expect(looksLike(` "${text}"\n`)).toBe(name);
    },
  );

  it.each([
    ...["", "text", "undefinedly", "an undefined", "nullable", "x[object Object]"],
    ...["BEGIN KEY", `BEGIN ${"A".repeat(31)}PRIVATE KEY`, "BEGIN-PRIVATE KEY", "a ssh-rsa AAAA"],
    ...[
      `MII${"A".repeat(58)}`,
      `MLI${"A".repeat(60)}`,
      `xMII${"A".repeat(70)}`,
      `LS0${"A".repeat(9)}`,
    ],
    ...[`MII${"A".repeat(60)}!`, "xPUB_KEY_ID_1", "PUB_KEY__ID", "PUB.KEY.IDENT"],
    ...["1".repeat(33), "1".repeat(35), `${"1".repeat(34)}x`, "A".repeat(35), "A".repeat(41)],
    ...[`${"A".repeat(35)}G`, "1".repeat(50), `x${"1".repeat(41)}`, "1234567", "12345678901"],
    ...["wx26e3b4a1c0d9f85", "wx26e3b4a1c0d9f8577", "wx26e3b4a1c0d9f85G", "xwx26e3b4a1c0d9f857"],
    ...["WX26E3B4A1C0D9F857", "x12345678", "12345678x", "1".repeat(32)],
    ...["0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0"],
    ...[
      "0123456789abcdef0123456789abcd-f",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
      "ABCDEFG-IJKLMNOPQRSTUVWXYZ012345",
    ],
    ...[
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456",
      "$",
      "$KEY!",
      "a$KEY",
      "xprocess.env.NAMES",
      "process.environment",
    ],
    ...["KEY", "pay_key", "PAY_", "_PAY", "PAY_KEYx", "xPAY_KEY", "PAY__KEY", "A B_C"],
    ...["key.", "key.p", "key.peeem", "a\nb.pem", "...x", "1c:\\key", "key.pe-m", "://a"],
  ])("takes %j for nothing", (text) => {
    expect(looksLike(text)).toBeUndefined();
  });
});

it("bareText takes blanks, quotes and backslashes away, around and not inside", () => {
  expect(bareText(" \n'\"`\\a 'b\\\" c\\`\"' \n")).toBe("a 'b\\\" c");
  expect(bareText("a")).toBe("a");
  expect(bareText(" '\" ")).toBe("");
});

describe("checkId", () => {
  const HEX = /^[\dA-F]{1,40}$/i;
  const check = (value: unknown, also: Partial<WantedId> = {}) => {
    checkId("serialNo", value, {
      ...{ pattern: HEX, wanted: "a serial number", own: [SERIAL], Refusal: TypeError },
      ...also,
    });
  };
  const CURE = ' Write it without blanks, colons, quotes, "0x" and "serial=": ';

  it.each(["A", "0", "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C", "1dde55ad"])("takes %j", (id) => {
    expect(() => check(id)).not.toThrow();
  });

  it.each([
    "serial=0A1B",
    "Serial Number: 0A1B",
    "serial：0A1B",
    "x[0A1B]",
    "0x0A1B",
    "\\x0A\\x1B",
    "0A:1B",
    "0A 1B",
    "0A;1B,",
    "<0A1B>",
    "'0A1B'",
    '"0A1B"',
    "`0A1B`",
    "\u200b0A1B\u200f",
    "\ufeff0A1B\uffff".slice(0, 5),
    "0A\n1B",
  ])("says how to write %j", (id) => {
    expect(() => check(id)).toThrow(
      new TypeError(
        `serialNo must be a serial number, not a string of ${id.length} characters.${CURE}0A1B`,
      ),
    );
  });

  it.each([
    ["", "an empty string"],
    ["0A1G", "a string of 4 characters"],
    [`A ${"B".repeat(31)}`, "a string of 33 characters"],
    [`A ${"B".repeat(45)}`, "a string of 47 characters"],
  ])("says of %j that it is none", (id, what) => {
    const message = `serialNo must be a serial number, not ${what}.`;
    expect(() => check(id)).toThrow(new TypeError(message));
    expect(() => check(id, { Refusal: KeyError })).toThrow(new KeyError(message));
  });

  it("says how to write one of up to 45 characters, but for 32, as a secret has", () => {
    const pattern = /^[\dA-F]+$/;
    for (const [length, helps] of [
      [31, true],
      [32, false],
      [33, true],
      [45, true],
      [46, false],
    ] as const) {
      const id = "B".repeat(length);
      const message = new RegExp(helps ? `": ${id}$` : "characters\\.$");
      expect(() => check(` A;${id.slice(1)}`.replace("A;", "B;"), { pattern })).toThrow(message);
    }
  });

  it("cuts zeros off what is longer than a serial number", () => {
    expect(() => check(`00:${"0".repeat(20)}${"A1".repeat(20)}`)).toThrow(`": ${"A1".repeat(20)}`);
  });

  it("writes decimal digits in hexadecimal", () => {
    const digits = "170141183460469231731687303715884105728000"; // 1000 times 2 to the power of 127
    const hex = (1000n * 2n ** 127n).toString(16).toUpperCase();
    const message = `serialNo must be a serial number, not a serial number in decimal digits. In hexadecimal it is ${hex}.`;
    expect(() => check(digits)).toThrow(new KeyError(message));
    expect(() => check(digits, { own: [] })).toThrow(
      new KeyError("serialNo must be a serial number, not a serial number in decimal digits."),
    );
  });

  it("refuses what looks like something else, whatever the pattern says", () => {
    const message = "serialNo must be a serial number, not a merchant number.";
    expect(() => check("1900009191")).toThrow(new KeyError(message));
    expect(() => check("1900009191", { own: ["a merchant number"] })).not.toThrow();
    expect(() => check("PUB_KEY_ID_1", { pattern: /./ })).toThrow(KeyError);
  });

  it.each([undefined, null, 5, {}, []])("refuses %j", (value) => {
    expect(() => check(value, { Refusal: KeyError })).toThrow(TypeError);
    expect(() => check(value)).toThrow(/^serialNo must be a serial number, not /);
  });
});
