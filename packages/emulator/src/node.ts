import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, type App, createApp, isControlPath } from "./app.ts";
import type { Control } from "./control/control.ts";
import { arrivingBytes } from "./http/arriving-bytes.ts";
import { openToPages, preflightHeaders } from "./http/cors.ts";
import type { WireRequest } from "./http/exchange.ts";
import { writePaced } from "./http/paced-write.ts";
import { wholeBody } from "./http/whole-body.ts";
import type { Sha1 } from "./mp/video/sha1.ts";
import type { StartOptions } from "./start-options.ts";
import { startRules } from "./start-rules.ts";
import { check } from "./validation/check.ts";
import { fields } from "./validation/rules.ts";

export type { StartOptions } from "./start-options.ts";

// node:http without an adapter: this server needs cut sockets, false lengths and the path as sent.

/** An emulator that listens on a port. */
export interface RunningEmulator {
  /** The `baseUrl` of a client, such as `http://127.0.0.1:8790`. */
  baseUrl: string;
  /** Address of the inspector, a page that shows requests, stored files and faults. */
  inspector: string;
  /** What a test sets and reads: faults, clock, journal, stored files. */
  control: Control;
  /** Closes the server and all its connections. */
  close: () => Promise<void>;
}

/** The default port. */
export const DEFAULT_PORT = 8790;

/** How often it looks for notifications that are due. */
const RESEND_CHECK_MS = 1000;

/** The names of all options. */
export const startOptionNames: readonly string[] = Object.keys(startRules);

/** The host under which a client on this machine reaches a server that listens on this address. */
function clientHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Starts an emulator of WeChat on a port of this machine.
 *
 * Rejects with TypeError for an invalid option, and with the error of the system (such as
 * EADDRINUSE) if it cannot listen.
 *
 * @example
 * ```ts
 * import { startEmulator } from "@wechat-edge/emulator/node";
 *
 * const emulator = await startEmulator({ port: 0 });
 * const health = await fetch(`${emulator.baseUrl}/_emulator/health`);
 * console.log(health.status); // 200
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const checked = check(fields(startRules), options, "options");
  const { port = DEFAULT_PORT, host = "127.0.0.1", cors = false, ...emulatorOptions } = checked;
  const app = createApp(emulatorOptions, { newSha1: nodeSha1 });
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
  const resend = setInterval(() => void app.control.deliverNotifications(), RESEND_CHECK_MS);
  resend.unref();
  server.once("close", () => clearInterval(resend));
  const { port: bound } = server.address() as AddressInfo;
  const origin = `http://${clientHost(host)}:${bound}`;
  return {
    baseUrl: origin,
    inspector: `${origin}/_emulator/`,
    control: app.control,
    close: () => close(server),
  };
}

function nodeSha1(): Sha1 {
  const hash = createHash("sha1");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
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
  // Without it Node sends the date of its own clock.
  outgoing.setHeader("Date", app.date());
  const target = incoming.url ?? "/";
  const url = requestUrl(target, incoming.headers.host ?? "127.0.0.1");
  if (url === undefined || incoming.method === "TRACE") {
    outgoing.writeHead(400).end();
    return;
  }
  const open = cors && !isControlPath(url.pathname);
  if (open && incoming.method === "OPTIONS") {
    const asked = incoming.headers["access-control-request-headers"];
    outgoing.writeHead(204, wireHeaders(new Headers(preflightHeaders(asked)))).end();
    return;
  }
  const struck = app.arrive(incoming.method ?? "GET", url);
  const request = await readRequest(app, incoming, outgoing, target, url);
  const answer = await app.answer({ ...request, struck });
  if (open) {
    openToPages(answer.response.headers);
  }
  await deliver(answer, incoming.method ?? "GET", outgoing);
}

/**
 * Appends the path to the Host instead of resolving it: `//localhost/…` would replace the name that
 * the control routes check. For the same reason they refuse an absolute target.
 */
function requestUrl(target: string, host: string): URL | undefined {
  if (!/^[A-Za-z0-9.:[\]-]+$/.test(host)) return undefined;
  const text = target.startsWith("/") ? `http://${host}${target}` : target;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || target.startsWith("/")) return url;
  return /^https?:$/.test(url.protocol) && !isControlPath(url.pathname) ? url : undefined;
}

/** Reads the whole body, so that a client that writes everything first gets the answer. */
async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<{ body: Uint8Array<ArrayBuffer>; tooLarge: boolean }> {
  const { "content-length": length } = incoming.headers;
  const announced = Number(length ?? maxBytes);
  const come = arrivingBytes(Math.min(announced, maxBytes));
  let size = 0;
  // destroyOnReturn would close the socket before the answer is written.
  const stream: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= maxBytes) come.add(chunk);
    else if (length === undefined) break;
  }
  if (size > maxBytes) {
    // Skips the rest, so that the connection can serve the next request.
    incoming.resume();
    return { body: new Uint8Array(), tooLarge: true };
  }
  return { body: come.whole(), tooLarge: false };
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
    if (!outgoing.writableFinished) gone.abort(new Error("the client closed the connection"));
  });
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const { body, tooLarge } = await readBody(incoming, app.maxBodyBytes());
  const method = incoming.method ?? "GET";
  const clientIp = incoming.socket.remoteAddress ?? "";
  return { method, url, target, headers, body, tooLarge, signal: gone.signal, clientIp };
}

/** As the documents spell them; the others have a capital after each hyphen. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  "content-disposition": "Content-disposition",
  "request-id": "Request-ID",
};

const capitals = (name: string): string =>
  name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase());

const wireName = (name: string): string => WIRE_NAMES[name] ?? capitals(name);

/** Some clients look a header up by its exact name, which `Headers` does not keep. */
const wireHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, value]) => [wireName(name), value]));

async function deliver(
  { response, cut, sent }: Answer,
  method: string,
  outgoing: ServerResponse,
): Promise<void> {
  const { socket } = outgoing;
  if (cut === "before") {
    socket?.destroy();
    return;
  }
  const { status } = response;
  const headers = wireHeaders(response.headers);
  if (cut === undefined && (method === "HEAD" || status === 204 || status === 304)) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const { length, body } = await wholeBody(response);
  const whole = cut === undefined ? length : Math.max(length, 1);
  outgoing.writeHead(status, { ...headers, "Content-Length": whole });
  if (cut !== undefined) outgoing.flushHeaders();
  const limit = cut === undefined ? whole : cut === "body" ? length >> 1 : 0;
  const written = await writePaced(body, limit, outgoing, sent);
  if (outgoing.destroyed) return;
  if (cut === undefined) outgoing.end();
  // Cut, or the fault "truncated": fewer bytes than Content-Length says.
  if (written < whole) socket?.destroySoon();
}
