import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, type App, createApp, isControlPath } from "./app.ts";
import type { Control } from "./control.ts";
import type { WireRequest } from "./exchange.ts";
import type { EmulatorOptions } from "./state.ts";

// node:http without an adapter between: cut sockets, false lengths and the path exactly as sent
// are what this server is for.

export interface StartOptions extends EmulatorOptions {
  /** Default 8790; 0 picks a free one. */
  port?: number;
  /** A loopback address. Default: 127.0.0.1. */
  host?: "127.0.0.1" | "::1" | "localhost";
  /** Opens the API routes, never the control routes, to browser pages of any origin. */
  cors?: boolean;
}

export interface RunningEmulator {
  origin: string;
  control: Control;
  close: () => Promise<void>;
}

export const DEFAULT_PORT = 8790;
const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "::1", "localhost"];
const EXPOSED =
  "Date, Request-ID, Retry-After, Wechatpay-Nonce, Wechatpay-Serial, Wechatpay-Signature, Wechatpay-Signature-Type, Wechatpay-Timestamp";

/**
 * Starts a WeChat on a loopback port.
 *
 * Rejects with TypeError for a host that is not loopback, and with the system's error where the
 * port is taken.
 *
 * @example
 * ```ts
 * const emulator = await startEmulator({ port: 0 });
 * const health = await fetch(`${emulator.origin}/_emulator/health`);
 * console.log(health.status); // 200
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const { port = DEFAULT_PORT, host = "127.0.0.1", cors = false, ...emulatorOptions } = options;
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new TypeError(`host is ${host}; it must be one of ${LOOPBACK_HOSTS.join(", ")}.`);
  }
  const app = createApp(emulatorOptions);
  const server = createServer((incoming, outgoing) => {
    serve(app, cors, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.destroyed || incoming.errored) return;
      console.error(error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const { port: bound } = server.address() as AddressInfo;
  const name = host === "::1" ? "[::1]" : host;
  return {
    origin: `http://${name}:${bound}`,
    control: app.control,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  app: App,
  cors: boolean,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // Node would write the date of its own clock.
  outgoing.setHeader("date", app.date());
  const target = incoming.url ?? "/";
  const url = requestUrl(target, incoming.headers.host ?? "127.0.0.1");
  if (url === undefined || incoming.method === "TRACE") {
    outgoing.writeHead(400).end();
    return;
  }
  const open = cors && !isControlPath(url.pathname);
  if (open && incoming.method === "OPTIONS") {
    outgoing.writeHead(204, preflightHeaders(incoming)).end();
    return;
  }
  const request = await readRequest(app, incoming, outgoing, target, url);
  const answer = await app.answer(request);
  if (open) {
    answer.response.headers.set("access-control-allow-origin", "*");
    answer.response.headers.set("access-control-expose-headers", EXPOSED);
  }
  await deliver(answer, outgoing);
}

/**
 * The path is put behind the Host and not resolved against it, since `//localhost/…` would replace
 * the name that the control routes check; for the same reason they take no absolute target.
 */
function requestUrl(target: string, host: string): URL | undefined {
  if (!/^[A-Za-z0-9.:[\]-]+$/.test(host)) return undefined;
  const text = target.startsWith("/") ? `http://${host}${target}` : target;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || target.startsWith("/")) return url;
  return /^https?:$/.test(url.protocol) && !isControlPath(url.pathname) ? url : undefined;
}

function preflightHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST",
    // Spelt out, as a * does not cover Authorization.
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "600",
    vary: "Access-Control-Request-Headers",
  };
}

/** Reads the body to its end, so that a client that writes first sees the answer. */
async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<{ body: Uint8Array<ArrayBuffer>; tooLarge: boolean }> {
  const chunks: Uint8Array[] = [];
  const hasLength = incoming.headers["content-length"] !== undefined;
  let size = 0;
  // destroyOnReturn would close the socket before the answer is written.
  const stream: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else if (!hasLength) break;
  }
  if (size > maxBytes) {
    // The rest is let go by, so that the connection can serve the next request.
    incoming.resume();
    return { body: new Uint8Array(), tooLarge: true };
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return { body, tooLarge: false };
}

async function readRequest(
  app: App,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: string,
  url: URL,
): Promise<WireRequest> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort(new Error("the client has gone"));
  });
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const { body, tooLarge } = await readBody(incoming, app.maxBodyBytes);
  const method = incoming.method ?? "GET";
  return { method, url, target, headers, body, tooLarge, signal: gone.signal };
}

async function deliver({ response, cut }: Answer, outgoing: ServerResponse): Promise<void> {
  const { socket } = outgoing;
  if (cut === "before") {
    socket?.destroy();
    return;
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  if (cut === undefined) {
    const whole = Number(headers["content-length"] ?? bytes.length);
    const hasBody = response.status !== 204 && response.status !== 304;
    outgoing.writeHead(
      response.status,
      hasBody ? { ...headers, "content-length": whole } : headers,
    );
    outgoing.end(bytes);
    // The fault "truncated": less than its Content-Length says.
    if (whole > bytes.length) socket?.destroySoon();
    return;
  }
  outgoing.writeHead(response.status, { ...headers, "content-length": Math.max(bytes.length, 1) });
  outgoing.flushHeaders();
  if (cut === "body") outgoing.write(bytes.subarray(0, bytes.length >> 1));
  socket?.destroySoon();
}
