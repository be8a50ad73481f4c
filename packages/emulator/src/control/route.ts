import type { Context, Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import type { WireRequest } from "../http/exchange.ts";

export type JsonBody = Record<string, unknown>;

/** Answers one method of a control route: a Response goes out as it is, anything else as JSON. */
export type ControlAnswer = (body: JsonBody, request: WireRequest) => unknown;

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

export const controlFailure = (
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error }, { status, headers });

/**
 * Only the developer at this machine may steer: a Host that is not loopback is a rebound name, and
 * a foreign Origin is another site's page.
 */
export function refuseStranger({ url, headers }: WireRequest): Response | undefined {
  if (!LOOPBACK_HOSTS.includes(url.hostname)) {
    return controlFailure(403, `Host is ${url.host}; control routes answer to localhost alone.`);
  }
  const origin = headers.get("origin");
  if (origin === null || origin === url.origin) return undefined;
  return controlFailure(403, `Origin is ${origin}; control routes answer to ${url.origin} alone.`);
}

function readJson({ body }: WireRequest): JsonBody {
  const value: unknown = JSON.parse(new TextDecoder().decode(body) || "{}");
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`The body is ${JSON.stringify(value)}; it must be a JSON object.`);
  }
  return value as JsonBody;
}

function serve(request: WireRequest, methods: Record<string, ControlAnswer>): Response {
  const refused = refuseStranger(request);
  if (refused) return refused;
  const { method } = request;
  const answer = methods[method];
  if (answer === undefined) {
    const allow = Object.keys(methods).join(", ");
    return controlFailure(405, `${method} is not understood here; it must be ${allow}.`, { allow });
  }
  try {
    const answered = answer(method === "POST" ? readJson(request) : {}, request);
    return answered instanceof Response ? answered : Response.json(answered);
  } catch (error) {
    const misuse = [TypeError, RangeError, SyntaxError].some((kind) => error instanceof kind);
    if (!misuse) throw error;
    return controlFailure(400, (error as Error).message);
  }
}

/** Adds a route for the developer at this machine alone. */
export function addControlRoute(
  app: Hono<Bindings>,
  path: string,
  methods: Record<string, ControlAnswer>,
): void {
  app.all(path, ({ env: { exchange } }: Context<Bindings>) => serve(exchange.request, methods));
}
