// Takes from the edge VM what vitest put into it to load, and puts there what Next.js puts into its edge routes: a
// `process` of an environment and of functions that throw, and stubs of globals that it does not support.
// https://github.com/vercel/next.js/blob/canary/packages/next/src/server/web/sandbox/context.ts

if (!("EdgeRuntime" in globalThis)) throw new Error("These tests do not run in the edge VM.");

function unsupported(name: string): () => never {
  return () => {
    throw new Error(`A Node.js API is used (${name}) which is not supported in the Edge Runtime.`);
  };
}

const { process } = globalThis;
const sandboxed: object = { env: process.env };
for (const key of Object.keys(process) as (keyof typeof process)[]) {
  const value =
    typeof process[key] === "function" ? unsupported(`process.${String(key)}`) : undefined;
  if (key !== "env") Object.defineProperty(sandboxed, key, { get: () => value });
}
Object.defineProperty(globalThis, "process", { value: sandboxed, configurable: true });

const stubs = ["setImmediate", "clearImmediate", "BroadcastChannel", "MessageChannel"];
for (const name of [...stubs, "MessageEvent", "CompressionStream", "DecompressionStream"]) {
  const stub = unsupported(name);
  Object.defineProperty(globalThis, name, { get: () => stub, configurable: true });
}
Reflect.deleteProperty(globalThis, "global");
