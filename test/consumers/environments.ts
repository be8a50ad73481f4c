// The libraries that a program may have its types of, and what it may then write.

export interface Environment {
  readonly lib: readonly string[];
  readonly types: readonly string[];
  /** A folder of the project in place of `node_modules/@types`. */
  readonly typeRoot?: string;
  /** Files of test/consumers/sources, without `.ts`, beside those of {@link everywhere}. */
  readonly sources: readonly string[];
  /** Packages whose own declarations do not compile there. */
  readonly broken?: readonly string[];
}

/** What compiles in each; `entries` imports whatever the packages export. */
export const everywhere: readonly string[] = [
  "entries",
  "accepted",
  "refused",
  "errors",
  "results",
];

export const environments: Readonly<Record<string, Environment>> = {
  none: {
    lib: ["es2022"],
    types: [],
    sources: ["declarations"],
  },
  DOM: {
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    sources: ["web", "dom"],
  },
  "web worker": {
    lib: ["es2022", "webworker"],
    types: [],
    sources: ["web"],
  },
  "Node 20": {
    lib: ["es2022"],
    types: ["node"],
    typeRoot: "node20",
    sources: ["web", "node-20"],
  },
  Node: {
    lib: ["es2022"],
    types: ["node"],
    sources: ["web", "node", "node-alone", "proxy"],
    broken: ["unstorage"],
  },
  "Node and DOM": {
    lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
    types: ["node"],
    sources: ["web", "node", "proxy", "dom"],
    broken: ["unstorage"],
  },
  "Cloudflare Workers": {
    lib: ["es2022"],
    types: ["@cloudflare/workers-types"],
    sources: ["web", "workers"],
  },
  Bun: {
    lib: ["es2022"],
    types: ["bun"],
    sources: ["web", "bun"],
    broken: ["bun-types"],
  },
};
