import type { Context, Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import type { Exchange, WireRequest } from "../http/exchange.ts";
import { isPlainJson, MAX_LEVELS } from "../http/json-object.ts";
import { check } from "../validation/check.ts";
import { own } from "../validation/own.ts";
import { that } from "../validation/rules.ts";
import { visible } from "../validation/visible.ts";
import type { Control } from "./control.ts";

export type JsonBody = Record<string, unknown>;

/** The answer to each method of a control route: a Response as it is, anything else as JSON. */
export type ControlRoute = Readonly<
  Record<string, (control: Control, body: JsonBody, request: WireRequest) => unknown>
>;

const BODY = that((value) => typeof value === "object" && value !== null, "a JSON object");
/** What is in it is kept, copied, and shown by other control routes. */
const PLAIN_JSON = that(isPlainJson, `JSON of at most ${MAX_LEVELS} levels, without "__proto__"`);
const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

export const controlFailure = (
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error: visible(error) }, { status, headers });

/** Checks the address of the socket; in process there is none. */
const isThisMachine = (clientIp: string | undefined): boolean =>
  clientIp === undefined || /^(::ffff:)?127\.|^::1$/.test(clientIp);

/**
 * Only the developer at this machine may use control routes. Refuses other machines, a Host that is
 * not loopback (DNS rebinding) and a foreign Origin (a page of another site). Requests to a name in
 * `controlHosts` may come from any machine.
 */
export function refuseStranger({ request, transfer }: Exchange): Response | undefined {
  const { url, headers, clientIp } = request;
  const { controlHosts = [] } = transfer;
  const isNamed = controlHosts.includes(url.hostname);
  const help = `To allow ${url.hostname}, add it to the option controlHosts (--control-host).`;
  if (!isNamed && !LOOPBACK_HOSTS.includes(url.hostname)) {
    const hosts = [...LOOPBACK_HOSTS, ...controlHosts].join(", ");
    return controlFailure(403, `Host is ${url.host}; control routes accept ${hosts}. ${help}`);
  }
  if (!isNamed && !isThisMachine(clientIp)) {
    const from = `The request comes from ${clientIp}`;
    return controlFailure(
      403,
      `${from}; control routes accept requests from this machine only. ${help}`,
    );
  }
  const origin = headers.get("origin");
  if (origin === null || origin === url.origin) return undefined;
  return controlFailure(403, `Origin is ${origin}; control routes accept ${url.origin} only.`);
}

function readJson({ body }: WireRequest): JsonBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body) || "{}");
    check(BODY, value, "body");
    check(PLAIN_JSON, value, "body");
    return value as JsonBody;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const what = `The body cannot be read as JSON: ${error.message}. Send a JSON object.`;
    throw new TypeError(what, { cause: error });
  }
}

async function serve(
  control: Control,
  exchange: Exchange,
  methods: ControlRoute,
): Promise<Response> {
  const { request } = exchange;
  const refused = refuseStranger(exchange);
  if (refused) return refused;
  const { method } = request;
  const answer = own(methods, method);
  if (answer === undefined) {
    const allow = Object.keys(methods).join(", ");
    return controlFailure(405, `${method} is not supported; the method must be ${allow}.`, {
      allow,
    });
  }
  try {
    const answered: unknown = await answer(
      control,
      method === "POST" ? readJson(request) : {},
      request,
    );
    return answered instanceof Response ? answered : Response.json(answered);
  } catch (error) {
    const misuse = error instanceof TypeError || error instanceof RangeError;
    if (!misuse) throw error;
    return controlFailure(400, error.message);
  }
}

/** Adds a route for the developer at this machine only. */
export function addControlRoute(
  app: Hono<Bindings>,
  control: Control,
  path: string,
  methods: ControlRoute,
): void {
  app.all(path, ({ env: { exchange } }: Context<Bindings>) => serve(control, exchange, methods));
}
