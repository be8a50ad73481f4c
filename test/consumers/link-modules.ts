import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** Links what is installed in one node_modules into another, but for the packages of this project. */
export function linkModules(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (name === ".bin" || name === "@wechat-edge") continue;
    const [source, target] = [join(from, name), join(to, name)];
    if (name.startsWith("@")) {
      mkdirSync(target, { recursive: true });
      linkModules(source, target);
    } else if (!existsSync(target)) symlinkSync(source, target);
  }
}
