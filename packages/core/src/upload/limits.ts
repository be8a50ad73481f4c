import { shown } from "../given.ts";
import { checkKnownFields } from "../options.ts";
import type { FileLimits } from "./check.ts";

/** The name of a profile, or single limits that replace those of the default profile. */
export type LimitsOption<Profile extends string, Limits extends FileLimits = FileLimits> =
  | Profile
  | Partial<Limits>;

/** Returns the limits for the option `limits`. Throws TypeError for an unknown profile. */
export function resolveLimits<Profile extends string, Limits extends FileLimits>(
  profiles: Readonly<Record<Profile, Limits>>,
  standard: Profile,
  option: LimitsOption<Profile, Limits> | undefined,
): Limits {
  if (typeof option !== "string") return withLimits(profiles[standard], option);
  if (Object.hasOwn(profiles, option)) return profiles[option];
  throw new TypeError(
    `limits must be ${Object.keys(profiles).join(", ")} or an object of single limits, not ${shown(option)}.`,
  );
}

/** Replaces single limits. Throws TypeError if one is malformed, which would switch its check off. */
export function withLimits<Limits extends FileLimits>(
  limits: Limits,
  option: Partial<Limits> | undefined,
): Limits {
  if (option === undefined) return limits;
  checkKnownFields("limits", option, Object.keys(limits));
  const changed = Object.entries(option).filter(([, value]) => value !== undefined);
  for (const [name, value] of changed) {
    if (name === "extensions" ? isFormats(value) : isLike(value, limits[name as keyof Limits])) {
      continue;
    }
    throw new TypeError(
      `limits.${name} must be ${name === "extensions" ? 'lists of formats by extension, such as { jpg: ["jpeg"] }' : `a ${typeof limits[name as keyof Limits]}`}, not ${shown(value)}.`,
    );
  }
  return { ...limits, ...Object.fromEntries(changed) };
}

function isLike(value: unknown, standard: unknown): boolean {
  return typeof value === typeof standard && !Number.isNaN(value);
}

function isFormats(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.values(value).every(Array.isArray);
}
