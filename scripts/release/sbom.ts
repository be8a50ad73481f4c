// A software bill of materials (SBOM) of each package: what is installed with it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { x } from "tinyexec";
import { type PackedPackage, packedPackages, stem, tarballFolder } from "./tarballs.ts";

/** The fields of a CycloneDX document that are read. */
export interface Sbom {
  metadata: { component: Component };
  components: Component[];
}

export interface Component {
  name: string;
  version: string;
  hashes?: object[];
  licenses?: { license?: { id?: string }; expression?: string }[];
  externalReferences: { type: string; url: string }[];
}

/** Writes a CycloneDX document beside each tarball; returns their paths. */
export async function writeSboms(): Promise<string[]> {
  const packed = packedPackages();
  const paths: string[] = [];
  for (const one of packed) {
    const path = join(tarballFolder, `${stem(one.manifest)}.cdx.json`);
    writeFileSync(path, `${JSON.stringify(await sbomOf(one, packed), null, 2)}\n`);
    paths.push(path);
  }
  return paths;
}

async function sbomOf(one: PackedPackage, packed: readonly PackedPackage[]): Promise<Sbom> {
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-sbom-"));
  try {
    // npm names the root of the document after its folder.
    const cwd = join(folder, one.manifest.name);
    mkdirSync(cwd, { recursive: true });
    const run = (program: string, ...args: readonly string[]) =>
      x(program, args, { throwOnError: true, nodeOptions: { cwd } });
    await run("tar", "-xzf", one.tarball, "--strip-components=1");
    const siblings = packed.filter(({ manifest }) => dependsOn(one, manifest.name, packed));
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--prefer-offline"];
    await run("npm", "install", ...quiet, ...siblings.map(({ tarball }) => tarball));
    const format = ["--sbom-format=cyclonedx", "--sbom-type=library", "--omit=dev"];
    const { stdout } = await run("npm", "sbom", "--package-lock-only", ...format);
    return withoutPaths(JSON.parse(stdout) as Sbom);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dependsOn(
  { manifest }: PackedPackage,
  name: string,
  packed: readonly PackedPackage[],
): boolean {
  const direct = Object.keys(manifest.dependencies);
  const siblings = packed.filter((other) => direct.includes(other.manifest.name));
  return direct.includes(name) || siblings.some((sibling) => dependsOn(sibling, name, packed));
}

// Removes the paths of the siblings' tarballs on this machine.
function withoutPaths(sbom: Sbom): Sbom {
  for (const component of sbom.components) {
    component.externalReferences = component.externalReferences.filter(
      ({ url }) => !url.startsWith("file:"),
    );
  }
  return sbom;
}
