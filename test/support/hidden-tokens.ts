import { expect } from "vitest";
import { everythingIn } from "./mp.ts";

/** Makes sure that neither these texts nor their beginnings and ends are anywhere in a value. */
export function expectHidden(shown: unknown, ...hidden: string[]): void {
  const text = everythingIn(shown);
  for (const value of hidden) {
    for (const form of [value, encodeURIComponent(value)]) {
      expect(text).not.toContain(form.slice(0, 12));
      expect(text).not.toContain(form.slice(-12));
    }
  }
}
