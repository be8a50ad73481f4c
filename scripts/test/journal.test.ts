import { describe, expect, it } from "vitest";
import { checkJournal } from "./journal.ts";

const upload = { method: "POST", path: "/v3/merchant/media/upload" };

describe("checkJournal", () => {
  it("accepts requests of known length", () => {
    const entries = [
      { ...upload, headers: { "content-length": "0" } },
      { method: "GET", path: "/v3/certificates", headers: {} },
    ];
    expect(checkJournal(entries)).toEqual([]);
  });

  it("refuses a run that never reached the emulator", () => {
    expect(checkJournal([])).toEqual(["No request reached the emulator."]);
    expect(checkJournal([], { mayBeEmpty: true })).toEqual([]);
  });

  it("refuses a chunked body", () => {
    const entries = [{ ...upload, headers: { "transfer-encoding": "chunked" } }];
    expect(checkJournal(entries)).toEqual([
      "POST /v3/merchant/media/upload came without a content-length.",
    ]);
  });

  it("refuses a body without any length", () => {
    expect(checkJournal([{ ...upload, headers: {} }])).toHaveLength(1);
  });
});
