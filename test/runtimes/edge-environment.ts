// Vercel's edge VM as an environment of vitest.

import { EdgeVM } from "@edge-runtime/vm";
import type { Environment } from "vitest/runtime";

const edge: Environment = {
  name: "edge",
  viteEnvironment: "ssr",
  async setupVM() {
    const { context } = new EdgeVM();
    return { getVmContext: () => context, teardown: () => undefined };
  },
  setup() {
    throw new Error("The edge VM wants vitest's pool vmThreads or vmForks.");
  },
};

export default edge;
