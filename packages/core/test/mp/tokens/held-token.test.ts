import { expect, it } from "vitest";
import {
  heldToken,
  isFresh,
  isFromFuture,
  rememberRefused,
  times,
} from "../../../src/mp/tokens/held-token.ts";

it("a token is used until 240 seconds before its end, and a short one for half its life", () => {
  const long = { value: "T", since: 0, until: 7_200_000 };
  expect(isFresh(long, 7_200_000 - 240_001)).toBe(true);
  expect(isFresh(long, 7_200_000 - 240_000)).toBe(false);
  const short = { value: "T", since: 0, until: 100_000 };
  expect(isFresh(short, 49_999)).toBe(true);
  expect(isFresh(short, 50_000)).toBe(false);
});

it("a time may be 300 seconds before that of another machine", () => {
  expect(isFromFuture(300_000, 0)).toBe(false);
  expect(isFromFuture(300_001, 0)).toBe(true);
  expect(isFresh({ value: "T", since: 300_001, until: 9_000_000 }, 0)).toBe(false);
});

it("the eight that were refused last are remembered, one that came again with them", () => {
  const refused = new Set<string>();
  for (const value of ["A", "B", "C", "D", "E", "F", "G", "H", "A", "I"]) {
    rememberRefused(refused, value);
  }
  expect([...refused]).toEqual(["C", "D", "E", "F", "G", "H", "A", "I"]);
});

it("stored times are two numbers, one after the other", () => {
  const token = { value: "T", since: 1000, until: 1001 };
  expect(heldToken("T", { ...times(token) })).toEqual(token);
  for (const [issued_at, expires_at] of [
    [1000, 1000],
    [1001, 1000],
    [undefined, 1000],
    [1000, undefined],
    ["1000", 2000],
    [1000, "2000"],
    [1000, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 1000],
    [Number.NaN, 1000],
    [1000, Number.NaN],
  ]) {
    expect(heldToken("T", { issued_at, expires_at })).toBeUndefined();
  }
});
