import type { FileLimits } from "./check.ts";

/** A profile's name, or single values that replace those of the default profile. */
export type LimitsOption<Profile extends string, Limits extends FileLimits = FileLimits> =
  | Profile
  | Partial<Limits>;

/** The limits that an option asks for. Throws TypeError where no such profile exists. */
export function resolveLimits<Profile extends string, Limits extends FileLimits>(
  profiles: Readonly<Record<Profile, Limits>>,
  standard: Profile,
  option: LimitsOption<Profile, Limits> | undefined,
): Limits {
  if (typeof option !== "string") return withLimits(profiles[standard], option);
  if (Object.hasOwn(profiles, option)) return profiles[option];
  throw new TypeError(
    `limits must be ${Object.keys(profiles).join(", ")} or an object of single limits, not ${JSON.stringify(option)}.`,
  );
}

/** The limits with single ones replaced. Throws TypeError where one is none: it would switch the check off. */
export function withLimits<Limits extends FileLimits>(
  limits: Limits,
  option: Partial<Limits> | undefined,
): Limits {
  const changed = Object.entries(option ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of changed) {
    const standard = Object.hasOwn(limits, name) ? limits[name as keyof Limits] : undefined;
    if (typeof value !== typeof standard || value === null || Number.isNaN(value)) {
      throw new TypeError(
        `limits.${name} cannot be ${JSON.stringify(value) ?? typeof value}; limits are ${Object.keys(limits).join(", ")}, each of its own type.`,
      );
    }
  }
  return { ...limits, ...Object.fromEntries(changed) };
}
