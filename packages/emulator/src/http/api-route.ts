import type { Context, Hono } from "hono";
import type { Fault } from "../faults/fault.ts";
import { pause } from "./abort.ts";
import { type Exchange, faultedRequest, noteFault } from "./exchange.ts";
import { valueFor } from "./per-service.ts";

export type Bindings = { Bindings: { exchange: Exchange } };

type Reply = Response | Promise<Response>;

/** Where the routes of a service are added, with what they share. */
export interface ApiRoutes<Own extends Exchange> {
  app: Hono<Bindings>;
  /** Adds the state of the service to the exchange. */
  own: (exchange: Exchange) => Own;
  /** The reply of a fault of stage "instead", in the form of the service. */
  faultReply: (exchange: Own, fault: Fault) => Reply | undefined;
}

/**
 * Chunked: reported, refused by the Official Account and accepted by Pay (wechatpay-apache-httpclient,
 * wechatpay-php and WxJava send no length). Too large: assumed.
 */
const CHUNKED = { pay: "accept", mp: "refuse" } as const;

function refuseTransfer({ request, transfer, service }: Exchange): Response | undefined {
  const chunked = request.headers.get("transfer-encoding")?.toLowerCase().includes("chunked");
  const { [service]: usual } = CHUNKED;
  if (chunked && (valueFor(transfer.chunked, service) ?? usual) === "refuse") {
    return new Response(null, { status: 412 });
  }
  if (request.tooLarge) return new Response(null, { status: 413 });
  return undefined;
}

function sleepOf({ transfer, clock }: Exchange): typeof pause {
  const { sleep = "wait" } = transfer;
  if (sleep === "wait") return pause;
  return sleep === "advance-clock" ? async (ms) => clock.advance(ms) : sleep;
}

/** Answers with the faults applied: delays, one instead of the answer, one on its delivery. */
async function withFaults(
  exchange: Exchange,
  inPlace: (fault: Fault) => Reply | undefined,
  genuine: () => Reply,
): Promise<Response> {
  const { faults, request, delivery } = exchange;
  const sleep = sleepOf(exchange);
  const faulted = faultedRequest(exchange);
  for (const fault of faults.takeAll("delay", faulted)) {
    noteFault(exchange, fault);
    if (fault.kind === "delay") await sleep(fault.ms, request.signal);
  }
  const lost = faults.take("request", faulted);
  if (lost) {
    noteFault(exchange, lost);
    delivery.cut = "before";
    return new Response(null);
  }
  const instead = faults.take("instead", faulted);
  if (instead) noteFault(exchange, instead);
  const response = await ((instead && inPlace(instead)) ?? genuine());
  // Answering may have added fields that faults match, such as the filename.
  const answered = faultedRequest(exchange);
  const disguise = faults.take("type", answered);
  if (disguise?.kind === "content-type") {
    noteFault(exchange, disguise);
    response.headers.set("content-type", disguise.type);
  }
  const cut = faults.take("delivery", answered);
  if (cut?.kind === "cut") {
    noteFault(exchange, cut);
    delivery.cut = cut.at === "headers" || cut.at === "body" ? cut.at : "before";
  }
  return response;
}

/** Reported for another v3 path: 405 with an empty body. */
const methodNotAllowed = (method: string): Response =>
  new Response(null, { status: 405, headers: { allow: method } });

/**
 * Adds a call of the API and applies faults to it.
 *
 * `begin` writes what faults match into the journal entry and returns a function that answers when no
 * fault replaces the answer; `parameters` are those of the path. `wrongMethod` answers other methods.
 */
export function addApiRoute<Own extends Exchange>(
  { app, own, faultReply }: ApiRoutes<Own>,
  method: "GET" | "POST",
  path: string,
  begin: (exchange: Own, parameters: Record<string, string>) => () => Reply,
  wrongMethod: (exchange: Own) => Response = () => methodNotAllowed(method),
): void {
  app.on(method, path, (context: Context<Bindings>): Reply => {
    const exchange = own(context.env.exchange);
    const refused = refuseTransfer(exchange);
    if (refused) return refused;
    const genuine = begin(exchange, context.req.param());
    return withFaults(exchange, (fault) => faultReply(exchange, fault), genuine);
  });
  app.all(path, ({ env: { exchange } }: Context<Bindings>) => wrongMethod(own(exchange)));
}
