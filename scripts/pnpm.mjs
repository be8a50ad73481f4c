/**
 * The package manager that npx runs. It is not in package.json, where corepack and npm would act on
 * it. Version 10, because that is 33 MB of JavaScript for Node 18 and later; version 12 is a binary
 * with a cache of registry metadata, 200 MB in all, more than the demo itself.
 */
export const pnpmPackage = "pnpm@10.34.9";

/** Its size in npm's cache, packed and unpacked. */
export const pnpmMegabytes = 33;
