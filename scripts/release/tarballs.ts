// The tarballs that `npm run pack` wrote, and what is released beside them.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/packages.mjs";
import { type Manifest, workspacePackages } from "./workspace.ts";

export interface PackedPackage {
  manifest: Manifest;
  /** The path of the tarball. */
  tarball: string;
}

/** The folder of the tarballs. */
export const tarballFolder: string = join(root, "tarballs");

/** Lists the packages with their tarballs, in the order in which they are published. */
export function packedPackages(): PackedPackage[] {
  return workspacePackages().map(({ manifest }) => {
    const tarball = join(tarballFolder, `${stem(manifest)}.tgz`);
    if (existsSync(tarball)) return { manifest, tarball };
    throw new Error(`${tarball} is missing: run "npm run pack" first.`);
  });
}

/** The name of a package's files there, without extension: wechat-edge-core-0.1.0. */
export function stem({ name, version }: Manifest): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}`;
}
