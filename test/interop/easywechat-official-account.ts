import { createRequire, registerHooks } from "node:module";

/** Of node-socialite, which no longer has it since 1.5; the sign-in of users alone asks for it. */
const MISSING = "node-socialite/dist/Core/ProviderInterface";

/** The Official Account of node-easywechat. Its main entry does not load with the newest node-socialite. */
export function loadOfficialAccount(): unknown {
  return loadEasywechat("OfficialAccount/Application");
}

/** A file of node-easywechat. */
export function loadEasywechat(file: string): unknown {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === MISSING ? "node-socialite" : specifier, context),
  });
  try {
    return createRequire(import.meta.url)(`node-easywechat/dist/${file}`);
  } finally {
    hooks.deregister();
  }
}
