import { CDN_SECRET } from "../operations/local.ts";
import type { Simulation } from "../simulation.ts";

export function* staysAtHome({ network: { strayed } }: Simulation): Iterable<string> {
  for (const { by, headers } of strayed) {
    const what = headers.includes(CDN_SECRET) ? "with the caller's header" : "without its header";
    yield `a redirect of ${by} was followed, ${what}`;
  }
}
