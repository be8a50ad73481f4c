import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as it came over the wire, and what the emulator made of it. */
export interface Exchange {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** In the order and the case they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly status: number;
  /** The `code` or the `errcode` of a refusal. */
  readonly code?: string;
}

/** The requests of a client in the order of their answers, and what it made of them. */
export interface Watched<T> {
  readonly exchanges: readonly Exchange[];
  readonly value?: T;
  readonly error?: unknown;
}

/** What was sent, and what the client made of the answer. */
export interface Outcome {
  readonly exchange: Exchange;
  /** What the client gave back. */
  readonly media?: string;
  /** Or what it rejected with. */
  readonly error?: unknown;
}

/** A proxy in front of an emulator that keeps every request. */
export interface Recorder {
  readonly origin: string;
  /** Runs calls to `origin`, one run at a time. */
  watch<T>(calls: () => Promise<T>): Promise<Watched<T>>;
  /** Runs one upload to `origin`. With `flip`, one bit of the sha256 in meta changes on the way. */
  record(upload: () => Promise<string>, how?: { readonly flip?: boolean }): Promise<Outcome>;
  close(): Promise<void>;
}

export async function startRecorder(target: string): Promise<Recorder> {
  let exchanges: Exchange[] = [];
  let flip = false;
  const server = createServer((incoming, outgoing) => {
    forward(target, incoming, outgoing, flip).then(
      (exchange) => exchanges.push(exchange),
      (error: unknown) => outgoing.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const watch = async <T>(calls: () => Promise<T>): Promise<Watched<T>> => {
    exchanges = [];
    const result = await calls().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return { exchanges, ...result };
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    watch,
    async record(upload, how = {}) {
      flip = how.flip ?? false;
      const { exchanges: sent, value, error } = await watch(upload);
      flip = false;
      const [exchange] = sent;
      if (exchange === undefined || sent.length > 1) {
        const counted = `The client sent ${sent.length} requests; it must send 1.`;
        throw new Error(counted, { cause: error });
      }
      return value === undefined ? { exchange, error } : { exchange, media: value };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  flip: boolean,
): Promise<Exchange> {
  const { method = "", rawHeaders, url = "/" } = incoming;
  const body = await buffer(incoming);
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(target + url, { method, headers: rawHeaders }, resolve);
    sent.on("error", reject);
    sent.end(flip ? withFlippedBit(body) : body);
  });
  const answer = await buffer(reply);
  const status = reply.statusCode ?? 0;
  outgoing.writeHead(status, reply.rawHeaders).end(answer);
  const headers = inPairs(rawHeaders);
  return { method, target: url, headers, body, status, ...refusalOf(answer) };
}

/** Flips the lowest bit of the digest's first digit. */
function withFlippedBit(body: Buffer): Buffer {
  const key = Buffer.from('"sha256":"');
  const at = body.indexOf(key);
  if (at < 0) throw new Error("There is no sha256 in the body.");
  const copy = Buffer.from(body);
  const digit = at + key.length;
  copy[digit] = (copy[digit] ?? 0) ^ 1;
  return copy;
}

/** WeChat Pay's `code`, or the Official Account's `errcode`, which comes under status 200. */
function refusalOf(answer: Buffer): { code?: string } {
  if (answer[0] !== "{".charCodeAt(0)) return {};
  const { code, errcode } = JSON.parse(answer.toString()) as { code?: string; errcode?: number };
  if (code !== undefined) return { code };
  return errcode === undefined ? {} : { code: String(errcode) };
}

function inPairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""]] : [],
  );
}
