// npm and pnpm run this before they pack a package, so that no tarball lacks its build.

import { build } from "./build.mjs";

try {
  // npm leaves "workspace:" and "catalog:" in the manifest, and exports that point at the sources.
  if (process.env.npm_config_user_agent?.startsWith("npm/")) {
    throw new Error(
      'npm cannot pack this package: only pnpm replaces "workspace:" and "catalog:" by versions and applies publishConfig. Run "npm run pack" at the root of the repository.',
    );
  }
  build();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
