/**
 * The package manager, as npx takes it. Not in package.json: corepack and npm would act on it. Of
 * the 10 line, because that is 33 MB of JavaScript for Node 18 and later; 12 comes as a binary and
 * keeps a copy of the registry's pages, 200 MB in all, which is more than the demo itself.
 */
export const pnpmPackage = "pnpm@10.34.9";

/** What npx keeps for it in npm's cache, packed and unpacked. */
export const pnpmMegabytes = 33;
