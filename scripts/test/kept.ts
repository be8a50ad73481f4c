// What a run printed and kept, and the search for secrets in it.

import { createSecretFinder, findByLooks } from "../../test/support/secrets/finder.ts";
import { knowWrittenSecrets } from "../../test/support/secrets/known-secrets.ts";
import type { Outcome } from "./run.ts";

const finder = createSecretFinder();
knowWrittenSecrets(finder);
const leaksIn = (text: string): string[] => [...findByLooks(text), ...finder.find(text)];
const kept: { readonly place: string; readonly text: string }[] = [];
let searchedInTests = 0;

/** Keeps a text until the end of the run, when it is searched for secrets. */
export function keep(place: string, text: string): void {
  kept.push({ place, text });
}

/** A secret that this run made. */
export function keepSecret(kind: string, secret: string): void {
  finder.know(kind, secret);
}

/** Counts what a test has searched itself: test/support/secrets/setup.ts. */
export function countSearched(count: number): void {
  searchedInTests += count;
}

/** Searches all that was kept. Says where secrets stood, and never shows one. */
export function searchKept(): Outcome {
  const problems = kept.flatMap(({ place, text }) =>
    leaksIn(text).map((leak) => `${leak}, in ${place}${lineOf(leak, text)}`),
  );
  const kilobytes = Math.ceil(kept.reduce((sum, { text }) => sum + text.length, 0) / 1000);
  const texts = `${kilobytes} kB of output, reports and journals`;
  return { problems, note: `${texts}, and ${searchedInTests} errors and states in tests` };
}

function lineOf(leak: string, text: string): string {
  const lines = text.split("\n");
  const index = lines.findIndex((line) => leaksIn(line).includes(leak));
  return index < 0 || lines.length === 1 ? "" : `, line ${index + 1}`;
}
