import { describe, expect, it } from "vitest";
import { declaredEntries, entries, exportedOperations } from "../support/exported-operations.ts";
import { operationNames } from "./operations/operations.ts";

describe("the operations of the simulation", () => {
  it("are looked for in every entry of every package", () => {
    expect([...declaredEntries].sort()).toEqual(Object.keys(entries).sort());
  });

  it("are all that the packages export", () => {
    expect(exportedOperations.length).toBeGreaterThan(100);
    expect(exportedOperations.filter((name) => !operationNames.includes(name))).toEqual([]);
  });
});
