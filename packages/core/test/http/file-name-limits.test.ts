import { describe, expect, it } from "vitest";
import { dispositionName, safeName } from "../../src/http/file-name.ts";

const bytesOf = (name: string): number => new TextEncoder().encode(name).byteLength;

/** Names under which Windows opens a device, whatever follows. */
const DEVICES = [
  ..."con prn aux nul com0 com1 com9 lpt0 lpt1 lpt9 com¹ com² com³ lpt¹ lpt² lpt³".split(" "),
  "conin$",
  "conout$",
  "clock$",
];

describe("a name that Windows reserves", () => {
  it.each(DEVICES)(
    "%s is marked, with any extension, case, and blanks before the dot",
    (device) => {
      for (const name of [device, device.toUpperCase()]) {
        for (const end of [
          "",
          ".txt",
          " .txt",
          "  .txt",
          ". .txt",
          "..txt",
          " ",
          ".",
          " . ",
          ".tar.gz",
        ]) {
          expect(safeName(`${name}${end}`), `${name}${end}`).toMatch(/^_/);
          expect(dispositionName(`attachment; filename="${name}${end}"`)).toMatch(/^_/);
        }
      }
    },
  );

  it("within another name is none", () => {
    for (const name of [
      "console.txt",
      "nul1.txt",
      "a nul.txt",
      "com10.txt",
      "com.txt",
      "auxiliary",
    ]) {
      expect(safeName(name)).toBe(name);
    }
  });

  it("is looked for after what is cut off", () => {
    expect(safeName("../nul")).toBe("_nul");
    expect(safeName(" .nul .txt")).toBe("_nul .txt");
    expect(safeName(`${"a".repeat(300)}/aux.txt`)).toBe("_aux.txt");
  });
});

describe("a long name", () => {
  it.each([
    ["ASCII", "a"],
    ["two bytes", "é"],
    ["three bytes", "街"],
    ["four bytes", "🏮"],
    ["halves of pairs", "\ud83c"],
  ])("of %s keeps its end, in 255 bytes", (_, letter) => {
    for (const length of [60, 63, 83, 84, 85, 86, 125, 250, 251, 255, 256, 400, 100_000]) {
      const found = safeName(`${letter.repeat(length)}.jpg`);
      expect(bytesOf(found)).toBeLessThanOrEqual(255);
      expect(found).toMatch(/\.jpg$/);
      expect(found).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it("of 250 bytes is left as it is, and of one more is not", () => {
    for (const letter of ["a", "街"]) {
      const most = `${letter.repeat(246 / bytesOf(letter))}.jpg`;
      expect(bytesOf(most)).toBe(250);
      expect(safeName(most)).toBe(most);
      expect(safeName(`b${most}`)).toBe(most);
    }
  });

  it("that a device begins is marked, and still short enough", () => {
    const name = safeName(`con.${"a".repeat(246)}`);
    expect(name).toMatch(/^_con\./);
    expect(bytesOf(name)).toBeLessThanOrEqual(255);
  });
});

describe("a name of a download", () => {
  it("has no line separator, no control character and no mark of direction", () => {
    expect(safeName("a\u2028b\u2029c\u0085d\u007fe\u202ef\u2066g.jpg")).toBe("a_b_c_d_e_f_g.jpg");
  });
});
