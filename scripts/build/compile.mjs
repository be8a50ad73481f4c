import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { root } from "./packages.mjs";

const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", import.meta.url));

/** Compiles what has changed. Throws if the compiler is missing or reports an error. */
export function compile() {
  if (!existsSync(tsc)) {
    throw new Error(
      `The packages cannot be built: TypeScript is not installed. Run "npm run build" or "npm run pack" in ${root}: both install it first.`,
    );
  }
  const { status } = spawnSync(process.execPath, [tsc, "-b"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("The build failed; the compiler's lines above say where.");
}
