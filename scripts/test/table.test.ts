import { expect, it } from "vitest";
import { table } from "./table.ts";

it("sets words to the left and numbers to the right", () => {
  const rows = [
    ["runtime", "tests", "time"],
    ["node", 120, "1.0 s"],
    ["chromium", 7, "12.3 s"],
  ];
  expect(table(rows)).toBe(
    ["runtime   tests    time", "node        120   1.0 s", "chromium      7  12.3 s"].join("\n"),
  );
});
