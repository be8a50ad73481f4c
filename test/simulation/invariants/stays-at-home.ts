import { CDN_SECRET } from "../operations/local.ts";
import type { Simulation } from "../simulation.ts";

export function* staysAtHome({ strayed }: Simulation): Iterable<string> {
  for (const { headers } of strayed) {
    const what = headers.includes(CDN_SECRET) ? "with the caller's header" : "without its header";
    yield `a redirect of a URL source was followed, ${what}`;
  }
}
