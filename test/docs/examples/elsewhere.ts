// The blocks of pages that take a framework, a browser or a runner of their own: test/long runs them as they stand.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Elsewhere {
  readonly page: string;
  /** What this block alone of the page has. */
  readonly sign: string;
  readonly test: string;
}

const frameworks = { page: "docs/frameworks.md", test: "test/long/frameworks.test.ts" };
const messages = { page: "docs/frameworks.md", test: "test/long/messages.test.ts" };
const pages = { page: "docs/frameworks.md", test: "test/long/documented-pages.test.ts" };

export const elsewhere = {
  wechat: { ...frameworks, sign: "// wechat.ts" },
  express: { ...frameworks, sign: 'from "multer"' },
  formidable: { ...frameworks, sign: 'from "formidable"' },
  fastify: { ...frameworks, sign: 'from "fastify"' },
  hono: { ...frameworks, sign: 'app.post("/pictures", (c) =>' },
  nextRoute: { ...frameworks, sign: "// app/pictures/route.js" },
  nextLayout: { ...frameworks, sign: "// app/layout.tsx" },
  nextPage: { ...frameworks, sign: "// app/page.tsx" },
  nitro: { ...frameworks, sign: "// server/api/pictures.post.js" },
  svelteKit: { ...frameworks, sign: "// src/routes/pictures/+server.js" },
  portable: { ...frameworks, sign: "export default {\n  async fetch(request)" },
  messages: { ...messages, sign: "// messages.ts" },
  messagesExpress: { ...messages, sign: 'app.all("/wechat", express' },
  messagesHono: { ...messages, sign: 'app.all("/wechat", async (c)' },
  form: { ...pages, sign: "<form>\n  <input" },
  formPage: { ...pages, sign: "// page.js, with a bundler" },
  payPage: {
    page: "packages/pay-media/README.md",
    sign: "// page.js, with a bundler",
    test: "test/long/documented-pages.test.ts",
  },
  mpPage: {
    page: "packages/mp-media/README.md",
    sign: "// page.js, with a bundler",
    test: "test/long/documented-pages.test.ts",
  },
  hashPage: { ...pages, sign: 'new URL("./own-worker.js", import.meta.url)' },
  ownWorker: { ...pages, sign: 'import "@wechat-edge/core/hash-worker-script";' },
  trustedPage: { ...pages, sign: "trustedTypes.createPolicy" },
  commonJs: { page: "docs/runtimes.md", sign: "// first.cjs", test: "test/long/commonjs.test.ts" },
  jest: {
    page: "docs/testing.md",
    sign: "// licence.test.js, for Jest",
    test: "test/long/jest.test.ts",
  },
  python: { page: "docs/testing.md", sign: "# test_wechat.py", test: "test/long/python.test.ts" },
} as const satisfies Readonly<Record<string, Elsewhere>>;

/** A block as its page has it. */
export function documented(name: keyof typeof elsewhere): string {
  const { page, sign }: Elsewhere = elsewhere[name];
  const text = readFileSync(root + page, "utf8");
  const found = Array.from(text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm), ([, code = ""]) => code);
  const [block, ...others] = found.filter((code) => code.includes(sign));
  if (block === undefined || others.length > 0) {
    throw new Error(`${page} has ${found.length} blocks, and not just one of them has ${sign}`);
  }
  return block;
}
