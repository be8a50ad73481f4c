import type { Context, Hono } from "hono";
import { pause } from "../abort.ts";
import { type Exchange, faultedRequest, noteFault } from "../exchange.ts";
import { faultResponse } from "../faults/replies.ts";

export type Bindings = { Bindings: { exchange: Exchange } };

/** Chunked: reported of the Official Account hosts, assumed here. Too large: assumed. */
function refuseTransfer({ request, state }: Exchange): Response | undefined {
  const chunked = request.headers.get("transfer-encoding")?.toLowerCase().includes("chunked");
  if (chunked && state.options.chunked !== "accept") return new Response(null, { status: 412 });
  if (request.tooLarge) return new Response(null, { status: 413 });
  return undefined;
}

/** The genuine answer with the faults around it: delays, one in its place, one on its way out. */
async function withFaults(
  exchange: Exchange,
  genuine: () => Response | Promise<Response>,
): Promise<Response> {
  const { state, request, delivery } = exchange;
  const sleep = state.options.sleep ?? pause;
  const faulted = faultedRequest(exchange);
  for (const fault of state.faults.takeAll("delay", faulted)) {
    noteFault(exchange, fault);
    if (fault.kind === "delay") await sleep(fault.ms, request.signal);
  }
  const lost = state.faults.take("request", faulted);
  if (lost) {
    noteFault(exchange, lost);
    delivery.cut = "before";
    return new Response(null);
  }
  const instead = state.faults.take("instead", faulted);
  if (instead) noteFault(exchange, instead);
  const response = (instead && faultResponse(exchange, instead)) ?? (await genuine());
  // The work may have told more of the request.
  const answered = faultedRequest(exchange);
  const disguise = state.faults.take("type", answered);
  if (disguise?.kind === "content-type") {
    noteFault(exchange, disguise);
    response.headers.set("content-type", disguise.type);
  }
  const cut = state.faults.take("delivery", answered);
  if (cut?.kind === "cut") {
    noteFault(exchange, cut);
    delivery.cut = cut.at === "headers" || cut.at === "body" ? cut.at : "before";
  }
  return response;
}

/** Reported of another v3 path: 405 with an empty body. */
const methodNotAllowed = (method: string): Response =>
  new Response(null, { status: 405, headers: { allow: method } });

/**
 * Adds one call of the API, with the faults that may befall it.
 *
 * `begin` notes in the journal what faults go by, and gives the genuine answer for when none takes
 * its place; `parameters` are those of the path. `wrongMethod` answers any other method.
 */
export function addApiRoute(
  app: Hono<Bindings>,
  method: "GET" | "POST",
  path: string,
  begin: (
    exchange: Exchange,
    parameters: Record<string, string>,
  ) => () => Response | Promise<Response>,
  wrongMethod: (exchange: Exchange) => Response = () => methodNotAllowed(method),
): void {
  app.on(method, path, (context: Context<Bindings>): Response | Promise<Response> => {
    const { exchange } = context.env;
    const refused = refuseTransfer(exchange);
    return refused ?? withFaults(exchange, begin(exchange, context.req.param()));
  });
  app.all(path, ({ env: { exchange } }: Context<Bindings>) => wrongMethod(exchange));
}
