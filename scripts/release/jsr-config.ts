import type { Manifest } from "./workspace.ts";

/** Makes the jsr.json of a package from its package.json. */
export function jsrConfig(manifest: Manifest, ranges: Readonly<Record<string, string>>): object {
  const { name, version, license, dependencies } = manifest;
  const entries = Object.entries(manifest.exports).filter(([, file]) => file.endsWith(".ts"));
  const imports = Object.entries(dependencies).map(([dependency, range]) => {
    if (range === "workspace:*") return [dependency, `jsr:${dependency}@${version}`];
    const taken = range === "catalog:" ? ranges[dependency] : range;
    if (taken === undefined) throw new Error(`The catalog has no ${dependency}.`);
    return [dependency, `npm:${dependency}@${taken}`];
  });
  return {
    name,
    version,
    license,
    exports: Object.fromEntries(entries),
    imports: Object.fromEntries(imports) as Record<string, string>,
    publish: { include: ["src", "README.md", "CHANGELOG.md", "LICENSE", "jsr.json"] },
  };
}
