// What npm and pnpm run in a package before they pack it: no tarball without its build.

import { build } from "./build.mjs";

try {
  // npm leaves "workspace:" and "catalog:" in the manifest, and its entries at the sources.
  if (process.env.npm_config_user_agent?.startsWith("npm/")) {
    throw new Error(
      'npm cannot pack this package so that it can be installed: only pnpm puts versions for "workspace:" and "catalog:" and takes the entries of publishConfig. Run "npm run pack" at the root of the repository.',
    );
  }
  build();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
