/** The package manager, as npx takes it. Not in package.json: corepack and npm would act on it. */
export const pnpmPackage = "pnpm@12.21.0";
