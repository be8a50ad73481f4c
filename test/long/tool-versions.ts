/** The tools whose projects these tests build: no dependencies of the workspace, each is installed into a project of its own. */
export const toolVersions = {
  babel: "@babel/preset-env@7.29.14",
  bun: "bun@1.4.5",
  esbuild: "esbuild@0.28.2",
  jest: "jest@30.5.2",
  next: "next@16.4.6",
  "node-resolve": "@rollup/plugin-node-resolve@16.0.3",
  parcel: "parcel@2.16.4",
  react: "react@19.3.1",
  "react-dom": "react-dom@19.3.1",
  rollup: "rollup@4.68.8",
  vite6: "vite@6.4.6",
  vite7: "vite@7.3.8",
  vite8: "vite@8.4.0",
  webpack: "webpack@5.113.0",
  "webpack-cli": "webpack-cli@7.3.1",
} as const;

export type Tool = keyof typeof toolVersions;
