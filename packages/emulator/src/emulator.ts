import { type Answer, type App, createApp } from "./app.ts";
import type { Control } from "./control/control.ts";
import { unlessAborted } from "./http/abort.ts";
import type { WireRequest } from "./http/exchange.ts";
import type { Fetch } from "./http/fetch-type.ts";
import { wholeBody } from "./http/whole-body.ts";
import type { EmulatorOptions } from "./options.ts";

/** An emulator in this process. */
export interface Emulator {
  /** Answers as WeChat does. Pass it to a client in place of the global fetch. */
  fetch: Fetch;
  /** What a test sets and reads: faults, clock, journal, stored files. */
  control: Control;
}

const MAX_REDIRECTS = 20;

/**
 * Creates an emulator of WeChat in this process. Pass its `fetch` to a client.
 *
 * It answers on every host and looks at the path only. There is no network, so it cannot emulate
 * Content-Length, chunked bodies and closed sockets; `startEmulator` of `@wechat-edge/emulator/node`
 * can. As in workerd, and unlike in Node, a request without a User-Agent stays without one.
 *
 * Throws TypeError for an invalid option.
 *
 * @example
 * ```ts
 * import { createEmulator } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * control.faults.add({ kind: "html", status: 503 });
 * const reply = await fetch("https://api.mch.weixin.qq.com/v3/merchant/media/upload", {
 *   method: "POST",
 * });
 * console.log(reply.status, control.journal.entries().length); // 503 1
 * ```
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return emulatorOf(createApp(options));
}

/** Serves an app in this process. */
export function emulatorOf(app: App): Emulator {
  return {
    control: app.control,
    async fetch(input, given) {
      const init = given ?? {};
      const isRequest = typeof input === "object" && input !== null && "method" in input;
      const asked = isRequest ? input : undefined;
      const signal = init.signal ?? asked?.signal ?? new AbortController().signal;
      signal.throwIfAborted();
      return unlessAborted(run(app, input, asked, init, signal), signal);
    },
  };
}

async function run(
  app: App,
  input: string | URL | Request,
  asked: Request | undefined,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  const named: unknown = init.method ?? asked?.method ?? "GET";
  const method = String(named).toUpperCase();
  const url = new URL(asked ? asked.url : (input as string | URL));
  const struck = app.arrive(method, url);
  let request = await readRequest(app, { method, url, struck, signal }, asked, init);
  const redirect = init.redirect ?? asked?.redirect ?? "follow";
  for (let hops = 0; ; hops++) {
    const answer = await app.answer(request);
    const location = answer.response.headers.get("location");
    const redirected = [301, 302, 303, 307, 308].includes(answer.response.status);
    if (!redirected || location === null || redirect === "manual") return deliver(answer);
    if (redirect === "error") throw new TypeError("fetch failed: redirect mode is error");
    if (hops === MAX_REDIRECTS) throw new TypeError("fetch failed: too many redirects");
    request = redirectedRequest(request, new URL(location, request.url), answer.response.status);
  }
}

/**
 * Reads headers and body without making a Request: browsers drop some headers from a Request, and
 * workerd does not support the redirect mode "error".
 */
async function readRequest(
  app: App,
  head: Pick<WireRequest, "method" | "url" | "struck" | "signal">,
  asked: Request | undefined,
  init: RequestInit,
): Promise<WireRequest> {
  const headers = new Headers(init.headers ?? asked?.headers);
  const carrier = asked && init.body === undefined ? asked : new Response(init.body ?? null);
  const type = carrier.headers.get("content-type");
  if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
  // Fetch standard, HTTP-network-or-cache fetch: a missing Accept becomes */*.
  if (!headers.has("accept")) headers.set("accept", "*/*");
  const body = new Uint8Array(await carrier.arrayBuffer());
  return {
    ...head,
    target: head.url.pathname + head.url.search,
    headers,
    body,
    tooLarge: body.length > app.maxBodyBytes(),
  };
}

function redirectedRequest(request: WireRequest, url: URL, status: number): WireRequest {
  const target = url.pathname + url.search;
  const keeps = status === 307 || status === 308 || request.method !== "POST";
  const next = { ...request, url, target, struck: [] };
  return keeps ? next : { ...next, method: "GET", body: new Uint8Array() };
}

/** Rejects as fetch does if the connection is cut before the headers; a later cut breaks the body. */
async function deliver({ response, cut, sent }: Answer): Promise<Response> {
  if (cut === "before") throw new TypeError("fetch failed: the connection was closed");
  if (cut === undefined && sent === undefined) return response;
  const { status, headers } = response;
  const whole = await wholeBody(response);
  const limit = cut === undefined ? Infinity : cut === "body" ? whole.length >> 1 : 0;
  return new Response(delivered(whole.body, limit, sent), { status, headers });
}

/** Counts the bytes that are read, and breaks the body after `limit` bytes. */
function delivered(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  sent: Answer["sent"],
): ReadableStream<Uint8Array> | null {
  if (body === null && limit === Infinity) return null;
  const reader = body?.getReader();
  let left = limit;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (left <= 0) {
          await reader?.cancel();
          controller.error(new TypeError("terminated: the connection was closed"));
          return;
        }
        const { value } = (await reader?.read()) ?? {};
        if (value === undefined) {
          if (limit === Infinity) controller.close();
          else controller.error(new TypeError("terminated: the connection was closed"));
          return;
        }
        const chunk = value.subarray(0, left);
        left -= chunk.length;
        sent?.(chunk.length);
        controller.enqueue(chunk);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
