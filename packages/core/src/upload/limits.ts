import { shown } from "../given.ts";
import { checkKnownFields } from "../options.ts";
import type { FileLimits } from "./file-limits.ts";

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

/** The limits that go by extension: what each extension has, and how to test it. */
const BY_EXTENSION: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  extensions: ['lists of formats by extension, such as { jpg: ["jpeg"] }', Array.isArray],
  maxBytesByExtension: [
    "numbers by extension, such as { pdf: 7864320 }",
    (value) => isLike(value, 0),
  ],
};

/**
 * Replaces single limits: `maxBytes` alone holds for every extension. Throws TypeError if one is malformed, which would
 * switch its check off.
 */
export function withLimits<Limits extends FileLimits>(
  limits: Limits,
  option: Partial<Limits> | undefined,
): Limits {
  if (option === undefined) return limits;
  checkKnownFields("limits", option, [
    ...new Set([...Object.keys(limits), ...Object.keys(BY_EXTENSION)]),
  ]);
  const changed = Object.entries(option).filter(([, value]) => value !== undefined);
  for (const [name, value] of changed) checkLimit(name, value, limits[name as keyof Limits]);
  return {
    ...limits,
    ...(option.maxBytes !== undefined && { maxBytesByExtension: undefined }),
    ...Object.fromEntries(changed),
  };
}

function checkLimit(name: string, value: unknown, standard: unknown): void {
  const [wanted, isRight] = BY_EXTENSION[name] ?? [
    `a ${typeof standard}`,
    (single: unknown) => isLike(single, standard),
  ];
  const values = name in BY_EXTENSION ? valuesOf(value) : [value];
  if (values.every(isRight)) return;
  throw new TypeError(`limits.${name} must be ${wanted}, not ${shown(value)}.`);
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [undefined];
}

function isLike(value: unknown, standard: unknown): boolean {
  return typeof value === typeof standard && !Number.isNaN(value);
}
