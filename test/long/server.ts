import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { startLocalServer } from "../support/local-server.ts";

export interface Site {
  readonly url: string;
  readonly close: () => unknown;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
};

/** Serves a folder on loopback, with these headers. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const { origin, close } = await startLocalServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, ...headers }).end(readFileSync(path));
  });
  return { url: `${origin}/`, close };
}

/** Starts a tool that serves, and waits for the address that it prints, or until it answers at `address`. */
export function startServer(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  address?: string,
): Promise<Site> {
  // A group of its own: such tools start others.
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true });
  const stop = (): void => {
    try {
      process.kill(-(child.pid ?? Number.NaN), "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  process.once("exit", stop);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  return new Promise((resolve, reject) => {
    const close = (): Promise<void> => {
      process.off("exit", stop);
      stop();
      return ended;
    };
    const read = (text: string): void => {
      printed += text;
      const [url] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(printed) ?? [];
      if (url !== undefined && address === undefined) resolve({ url: `${url}/`, close });
    };
    if (address !== undefined) {
      answers(address, () => child.exitCode !== null).then(
        () => resolve({ url: address, close }),
        reject,
      );
    }
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`${program} ended with ${code}:\n${printed}`)));
  });
}

/** Waits until something answers there, or until `isOver`. */
async function answers(address: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const reply = await fetch(address).catch(() => undefined);
    await reply?.body?.cancel();
    if (reply !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
