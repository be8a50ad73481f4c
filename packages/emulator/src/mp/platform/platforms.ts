import { credentials } from "../../demo/credentials.ts";
import type { TokenStore } from "../token/tokens.ts";
import { type Authorizations, createAuthorizations } from "./authorizations.ts";
import { type Platform, type SeededPlatform, seededPlatforms } from "./platform.ts";

/** The third-party platforms. */
export interface Platforms {
  get(
    component_appid: string,
  ): { platform: SeededPlatform; authorizations: Authorizations } | undefined;
  /** All platforms; the demo platform is the first. */
  list(): readonly SeededPlatform[];
  /** Which permission sets an account has granted to a platform; undefined if it has not authorized it. */
  granted(component_appid: string, appid: string): readonly number[] | undefined;
}

export const DEMO_PLATFORM: string = credentials.platform.component_appid;

export function createPlatforms(
  given: readonly Platform[],
  tokens: TokenStore,
  now: () => number,
): Platforms {
  const known = new Map(
    [...seededPlatforms(given)].map(([id, platform]) => [
      id,
      { platform, authorizations: createAuthorizations(id, tokens, now) },
    ]),
  );
  return {
    get: (component_appid) => known.get(component_appid),
    list: () => [...known.values()].map(({ platform }) => platform),
    granted: (component_appid, appid) =>
      known.get(component_appid)?.authorizations.get(appid)?.functions,
  };
}
