import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { unstable_startWorker as startWorker } from "wrangler";
import type { InvocationReport } from "./index.ts";

/** The Worker, with a bucket in a folder. */
export interface VideoWorker {
  /** Puts the film into the bucket; R2 checks its SHA-1. */
  put(file: { readonly path: string; readonly size: number; readonly sha1: string }): Promise<void>;
  invoke(path: string): Promise<InvocationReport>;
  /** Memory of workerd's processes in bytes, now and at most; undefined on systems other than Linux. */
  memory(): { now: number; peak: number } | undefined;
  stop(): Promise<void>;
}

/** Starts workerd with the Worker; `persist` is the folder of its bucket, `sink` the origin that it uploads to. */
export async function startVideoWorker(persist: string, sink: string): Promise<VideoWorker> {
  const worker = await startWorker({
    config: fileURLToPath(new URL("wrangler.jsonc", import.meta.url)),
    bindings: { ORIGIN: { type: "plain_text", value: sink } },
    dev: {
      server: { hostname: "127.0.0.1", port: 0 },
      inspector: false,
      logLevel: "error",
      persist,
      watch: false,
    },
  });
  const { origin } = await worker.url;
  return {
    put: ({ path, size, sha1 }) =>
      new Promise((resolve, reject) => {
        const headers = { "content-length": size };
        const sent = request(`${origin}/film?sha1=${sha1}`, { method: "PUT", headers }, (reply) => {
          reply.resume().once("end", () => {
            if (reply.statusCode === 200) resolve();
            else reject(new Error(`The Worker answered ${reply.statusCode}.`));
          });
        });
        sent.once("error", reject);
        createReadStream(path).pipe(sent);
      }),
    invoke: (path) =>
      // Not fetch, which waits at most five minutes for a reply.
      new Promise((resolve, reject) => {
        const sent = request(`${origin}${path}`, { method: "POST" }, (reply) => {
          let text = "";
          reply.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          reply.once("end", () => {
            if (reply.statusCode === 200) resolve(JSON.parse(text) as InvocationReport);
            else reject(new Error(`The Worker answered ${reply.statusCode}: ${text}`));
          });
        });
        sent.once("error", reject);
        sent.end();
      }),
    memory,
    stop: () => worker.dispose(),
  };
}

function memory(): { now: number; peak: number } | undefined {
  if (!existsSync("/proc/self/status")) return undefined;
  const statuses = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/status`, "utf8")];
      } catch {
        return []; // it has ended meanwhile
      }
    })
    .filter((status) => /^Name:\s+workerd$/m.test(status))
    .filter((status) => numberOf(status, "PPid") === process.pid);
  const sum = (field: string): number =>
    statuses.reduce((bytes, status) => bytes + numberOf(status, field) * 1024, 0);
  return { now: sum("VmRSS"), peak: sum("VmHWM") };
}

function numberOf(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}
