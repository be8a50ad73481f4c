// A Worker in workerd, as wrangler's dev server runs it, without its output, its inspector and its state.

import { unstable_startWorker } from "wrangler";

export type RunningWorker = Awaited<ReturnType<typeof unstable_startWorker>> & {
  /** Where it listens, on loopback. */
  readonly origin: string;
};

/**
 * Starts a Worker by its wrangler.jsonc, or by its module alone.
 *
 * @param secrets - what its `env` has besides, by name
 */
export async function startWorker(
  worker: { readonly config: string } | { readonly entrypoint: string },
  secrets: Readonly<Record<string, string>> = {},
): Promise<RunningWorker> {
  const running = await unstable_startWorker({
    ...worker,
    ...("entrypoint" in worker && { name: "worker", compatibilityDate: "2026-10-01" }),
    bindings: Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [name, { type: "secret_text", value }]),
    ),
    dev: {
      server: { hostname: "127.0.0.1", port: 0 },
      inspector: false,
      logLevel: "error",
      persist: false,
      watch: false,
    },
  });
  const { origin } = await running.url;
  return Object.assign(running, { origin });
}
