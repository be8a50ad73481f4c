// Each character of the classes that frame and repair a name, and those beside them.

import { describe, expect, it } from "vitest";
import { nameByContent } from "../../src/upload/content-name.ts";
import { frameForm } from "../../src/upload/multipart.ts";
import { isAccepted } from "../../src/upload/name-check.ts";
import { repairedName } from "../../src/upload/name-repair.ts";
import { LIMITS } from "./limits.ts";

const ALL = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code));
const repaired = (name: string) => repairedName(name, (one) => isAccepted(one, LIMITS))?.name;
const foundOf = (name: string) => repairedName(name, (one) => isAccepted(one, LIMITS))?.found;
const named = (name: string, limits = LIMITS) =>
  nameByContent(name, { format: "jpeg", mime: "image/jpeg", soundStart: 0 }, limits);
/** The characters of U+0000 to U+00FF, and these, for which it holds. */
const which = (holds: (letter: string) => boolean, others = ""): string =>
  [...Array.from(ALL), ...Array.from(others)].filter(holds).join("");

describe("the form", () => {
  it("escapes CR, LF and quotes alone, all of them", () => {
    const headOf = (filename: string): string => {
      const file = { name: "file", filename, type: "image/jpeg" };
      return new TextDecoder().decode(frameForm([], file, "b").head);
    };
    const changed = which((letter) => !headOf(`a${letter}b`).includes(`filename="a${letter}b"`));
    expect(changed).toBe('\n\r"');
    expect(headOf('"\r\n"\r\n"')).toContain('filename="%22%0D%0A%22%0D%0A%22"\r\n');
  });

  it("has a boundary of 16 random bytes in letters that need no quotes", () => {
    const file = { name: "file", filename: "a.jpg", type: "image/jpeg" };
    const { contentType, head, tail } = frameForm([], file);
    const boundary = /^multipart\/form-data; boundary=(wechat-edge-[\da-f]{32})$/.exec(contentType);
    expect(boundary).not.toBeNull();
    expect(new TextDecoder().decode(head).startsWith(`--${boundary?.[1]}\r\n`)).toBe(true);
    expect(new TextDecoder().decode(tail)).toBe(`\r\n--${boundary?.[1]}--\r\n`);
  });

  it("writes each part with its type, or without one, and a blank line before its bytes", () => {
    const fields = [
      { name: "meta", type: "application/json", body: new Uint8Array([123, 125]) },
      { name: "item", type: undefined, body: new Uint8Array([13, 10]) },
    ];
    const file = { name: "f", filename: "a.jpg", type: "image/jpeg" };
    expect(new TextDecoder().decode(frameForm(fields, file, "b").head)).toBe(
      '--b\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{}\r\n' +
        '--b\r\nContent-Disposition: form-data; name="item"\r\n\r\n\r\n\r\n' +
        '--b\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
    );
  });
});

describe("the repair of a name", () => {
  it("cuts the end of a URL at ? and #, and what services of pictures append", () => {
    expect(which((letter) => repaired(`a.jpg${letter}w`) === "a.jpg")).toBe("!#&,;?@");
    expect(which((letter) => repaired(`a.jpeg${letter}w`) === "a.jpg")).toBe("");
    expect(repaired("a.jpg?b\nc")).toBe("a.jpg");
    expect(repaired("a.jpg!b\nc")).toBe("a.jpg");
    // Of three or four letters.
    expect(repaired("a.b!c.jpg")).toBeUndefined();
    expect(repaired("x.ab!.jpg?w")).toBe("x.ab!.jpg");
    expect(repaired("x.abcde!.jpg?w")).toBe("x.abcde!.jpg");
    expect(repaired("a.jpg??w=1#2")).toBe("a.jpg");
  });

  it("cuts a path at both slashes, up to the last", () => {
    expect(which((letter) => repaired(`x${letter}a.jpg`) === "a.jpg")).toBe("/\\");
    expect(repaired("C:\\b/c\\a.jpg")).toBe("a.jpg");
    expect(repaired("b\nc/a.jpg")).toBe("a.jpg");
    expect(repaired("b/")).toBeUndefined();
  });

  it("takes quotes off both ends, of ASCII and of typesetters", () => {
    const unquoted = (name: string): boolean =>
      repaired(name) === "a.jpg" && foundOf(name)?.[0] === "has quotes around it";
    expect(which((letter) => unquoted(`${letter}a.jpg"`), "“‘”’")).toBe("\"'“‘");
    expect(which((letter) => unquoted(`a.jpg${letter}`), "“‘”’")).toBe("\"'”’");
    expect(repaired(`a.jpg${'"'.repeat(99)}`)).toBe("a.jpg");
    expect(repaired(`a.jpg${'"'.repeat(100)}`)).toBeUndefined();
  });

  it("reads full-width dots", () => {
    expect(which((letter) => repaired(`a${letter}jpg`) === "a.jpg", "．。｡‧・…")).toBe("．。｡");
  });

  it("cuts blanks, dots and what has no width off its end", () => {
    const others =
      "\u1680\u2000\u200a\u200b\u200c\u200d\u200e\u200f\u2010\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";
    const cut = which(
      (letter) =>
        repaired(`a.jpg${letter}`) === "a.jpg" &&
        (foundOf(`a.jpg${letter}`) ?? []).slice(0, 1).some((each) => each.includes("blank")),
      others,
    );
    expect(cut).toBe(
      "\t\n\v\f\r .\u00a0\u1680\u2000\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u3000\ufeff",
    );
    expect(repaired(`a.jpg${" ".repeat(99)}`)).toBe("a.jpg");
    expect(repaired(`a.jpg${" ".repeat(100)}`)).toBeUndefined();
  });

  it("knows the other extensions of JPEG, at the end and in any case", () => {
    for (const other of ["jfif", "jfi", "jif", "jpe", "pjpeg", "pjpg", "pjp", "JFIF", "Jpe"]) {
      expect(repaired(`a.${other}`), other).toBe("a.jpg");
      expect(repaired(`a.${other}.b`), other).toBeUndefined();
      expect(repaired(`a${other}`), other).toBeUndefined();
    }
    for (const none of ["jf", "jfiff", "jp", "pj", "pjpegg", "jpg2", "ajpe"]) {
      expect(repaired(`a.${none}`), none).toBeUndefined();
    }
  });

  it("knows what programs append", () => {
    for (const end of [
      ".txt",
      ".bak",
      ".tmp",
      ".download",
      ".crdownload",
      ".rename",
      " (1)",
      "(12)",
      "-(1)",
      " 副本",
      "副本",
      "- 副本",
      ".TXT",
    ]) {
      expect(repaired(`a.jpg${end}`), end).toBe("a.jpg");
    }
    for (const end of [".zip", "txt", ".download.b", "(a)", "()", "副本a", ".renamed", "_(1)"]) {
      expect(repaired(`a.jpg${end}`), end).toBeUndefined();
    }
  });

  it("decodes percent-encoding, or leaves a per cent sign", () => {
    expect(repaired("%E8%A1%97%2Ejpg")).toBe("街.jpg");
    expect(repaired("100%.jpg?")).toBe("100%.jpg");
  });

  it("says what it found, in the order in which it looks", () => {
    expect(foundOf("b/a．jpe ")).toEqual([
      "has a path before it",
      "has a full-width dot",
      "ends in a blank or a dot",
      "has another extension of JPEG",
    ]);
  });
});

describe("a name by the content", () => {
  it("loses an extension of one to five letters and digits that begins with a letter", () => {
    for (const [given, sent] of [
      ["a.b", "a.jpg"],
      ["a.bcdef", "a.jpg"],
      ["a.bcdefg", "a.bcdefg.jpg"],
      ["a.b1_2", "a.jpg"],
      ["a.1b", "a.1b.jpg"],
      ["a.B", "a.jpg"],
      ["a.b-c", "a.b-c.jpg"],
      ["a.b.c", "a.jpg"],
      ["a. .b", "a.jpg"],
      ["a.街", "a.街.jpg"],
    ]) {
      expect(named(given ?? ""), given).toBe(sent);
    }
  });

  it("loses blanks and dots at its end, and a query", () => {
    const lost = which((letter) => named(`a${letter}`) === "a.jpg" && letter !== "a");
    expect(lost).toBe("\t\n\v\f\r .?\u00a0");
    expect(named("a?b\nc")).toBe("a.jpg");
    expect(named("?a")).toBe("image.jpg");
    expect(named("a#b")).toBe("a#b.jpg");
  });

  it("is cut to the length and the bytes that are allowed", () => {
    expect(named("a".repeat(300))).toBe(`${"a".repeat(251)}.jpg`);
    const limits = { ...LIMITS, maxNameBytes: 20 };
    for (const [letter, most] of [
      ["a", 16],
      ["é", 8],
      ["街", 5],
      ["🏮", 4],
    ] as const) {
      expect(named(letter.repeat(most), limits)).toBe(`${letter.repeat(most)}.jpg`);
      expect(named(letter.repeat(most + 1), limits)).toBe(`${letter.repeat(most)}.jpg`);
    }
    expect(named(`${"a".repeat(250)}🏮`)).toBe(`${"a".repeat(250)}.jpg`);
    expect(named(`${"a".repeat(249)}🏮`)).toBe(`${"a".repeat(249)}🏮.jpg`);
  });

  it("is that of the content's own format", () => {
    const png = { format: "png", mime: "image/png", soundStart: 0 } as const;
    expect(nameByContent("a", png, LIMITS)).toBe("a.png");
    expect(nameByContent("a.constructor", png, LIMITS)).toBe("a.constructor.png");
    expect(nameByContent("a.__proto__", png, LIMITS)).toBe("a.__proto__.png");
    const gif = { format: "gif", mime: "image/gif", soundStart: 0 } as const;
    expect(nameByContent("a", gif, LIMITS)).toBe("a");
  });
});
