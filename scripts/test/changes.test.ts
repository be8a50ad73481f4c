import { expect, it } from "vitest";
import { changesSince } from "./changes.ts";

it("changesSince says which commit it does not know, in its own words", async () => {
  for (const commit of ["no-such-branch", "-z", ""]) {
    await expect(changesSince(commit)).rejects.toThrow(
      `Git does not know the commit or branch “${commit}”. Help: npm test -- --help`,
    );
  }
  await expect(changesSince("HEAD")).resolves.toBeInstanceOf(Array);
});
