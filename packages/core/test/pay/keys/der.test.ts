import { describe, expect, it } from "vitest";
import { partsOf, readDer, writeDer } from "../../../src/pay/keys/der.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("readDer", () => {
  for (const length of [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff]) {
    it(`reads what writeDer writes: ${length} bytes`, () => {
      const der = writeDer(0x04, new Uint8Array(length).fill(7));
      const read = readDer(Uint8Array.from([...der, 1, 2]));
      expect(read?.tag).toBe(0x04);
      expect(read?.content).toEqual(new Uint8Array(length).fill(7));
      expect(read?.bytes).toEqual(der);
    });
  }

  it("reads no element that is cut, nor one longer than there is memory", () => {
    const wrong = [
      bytes(),
      bytes(0x30),
      bytes(0x30, 1),
      bytes(0x30, 0x82),
      bytes(0x30, 0x82, 1),
      bytes(0x30, 0x82, 1, 0, 0),
      bytes(0x30, 0xff, 1, 2, 3),
      bytes(0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
    ];
    for (const der of wrong) expect(readDer(der)).toBeUndefined();
  });

  it("reads a length of several bytes, the highest first", () => {
    const content = new Uint8Array(0x010203).fill(1);
    const der = Uint8Array.from([0x30, 0x83, 1, 2, 3, ...content, 9]);
    expect(readDer(der)?.content.byteLength).toBe(0x010203);
    expect(readDer(der)?.bytes.byteLength).toBe(0x010208);
    expect(readDer(bytes(0x30, 0x82, 0, 1, 7))?.content).toEqual(bytes(7));
  });

  it("writes the shortest length", () => {
    const length = (size: number) => [...writeDer(5, new Uint8Array(size))].slice(0, -size || 9);
    expect(length(0)).toEqual([5, 0]);
    expect(length(0x7f)).toEqual([5, 0x7f]);
    expect(length(0x80)).toEqual([5, 0x81, 0x80]);
    expect(length(0xff)).toEqual([5, 0x81, 0xff]);
    expect(length(0x100)).toEqual([5, 0x82, 1, 0]);
    expect(length(0x1234)).toEqual([5, 0x82, 0x12, 0x34]);
  });

  it("reads an element without a length to the end", () => {
    expect(readDer(bytes(0x30, 0x80, 1, 2, 3))?.content).toEqual(bytes(1, 2, 3));
  });
});

describe("partsOf", () => {
  it("stops at the first part that is cut", () => {
    const outer = readDer(bytes(0x30, 6, 2, 1, 5, 4, 9, 1));
    expect(outer && partsOf(outer).map(({ tag }) => tag)).toEqual([2]);
  });

  it("ends for any bytes", () => {
    for (let i = 0; i < 5000; i++) {
      const random = Uint8Array.from({ length: i % 40 }, (_, j) => (i * 31 + j * j * 17) % 256);
      const outer = readDer(Uint8Array.from([0x30, 0x80, ...random]));
      if (outer !== undefined) expect(partsOf(outer).length).toBeLessThanOrEqual(20);
    }
  });
});
