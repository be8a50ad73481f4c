import { type ApiRoutes, addApiRoute } from "../http/api-route.ts";
import { note } from "../http/exchange.ts";
import { valueFor } from "../http/per-service.ts";
import type { SeededAccount } from "./account.ts";
import { admitAccount, appidOf } from "./admit.ts";
import type { MpEndpoint } from "./endpoints.ts";
import { isMpError, type MpError, mpError } from "./error.ts";
import type { MpExchange } from "./exchange.ts";
import { type JsonObject, readJsonBody } from "./json-body.ts";
import { type MediaForm, mediaPart, readMediaForm } from "./media/form.ts";
import { errorReply, jsonReply } from "./reply.ts";

export type MpRoutes = ApiRoutes<MpExchange>;

/** An object is answered as JSON; a file is a Response. */
export type MpAnswer = object | Response | MpError;

function toResponse(exchange: MpExchange, answer: MpAnswer): Response {
  if (answer instanceof Response) return answer;
  return isMpError(answer) ? errorReply(exchange, answer) : jsonReply(exchange, answer);
}

/** Writes what faults match into the journal entry. */
function noteCall(exchange: MpExchange, appid: string | undefined): void {
  const { entry, request } = exchange;
  const action = request.url.searchParams.get("action");
  const type = request.url.searchParams.get("type");
  if (appid !== undefined) entry.appid = appid;
  if (action !== null) entry.action = action;
  if (type !== null) entry.type = type;
}

/** The errors are documented; that they come before all others is assumed. */
const wrongMethod =
  ({ method }: MpEndpoint) =>
  (exchange: MpExchange): Response => {
    noteCall(exchange, undefined);
    return errorReply(exchange, mpError(method === "GET" ? 43001 : 43002));
  };

/** Adds a call without access_token; `appid` returns the calling account, if known. */
export function addOpenMpRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  appid: (exchange: MpExchange) => string | undefined,
  answer: (exchange: MpExchange) => MpAnswer,
): void {
  const begin = (exchange: MpExchange) => {
    noteCall(exchange, appid(exchange));
    return () => toResponse(exchange, answer(exchange));
  };
  addApiRoute(routes, endpoint.method, endpoint.path, begin, wrongMethod(endpoint));
}

/**
 * Adds a call with an access_token. Token, IP whitelist, right and quota are checked before `answer`
 * runs. `begun` may write more into the journal entry.
 */
export function addMpRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  answer: (exchange: MpExchange, account: SeededAccount) => MpAnswer | Promise<MpAnswer>,
  begun: (exchange: MpExchange) => void = () => {},
): void {
  const begin = (exchange: MpExchange) => {
    noteCall(exchange, appidOf(exchange));
    begun(exchange);
    return async () => {
      const account = admitAccount(exchange, endpoint);
      if (isMpError(account)) return errorReply(exchange, account);
      return toResponse(exchange, await answer(exchange, account));
    };
  };
  addApiRoute(routes, endpoint.method, endpoint.path, begin, wrongMethod(endpoint));
}

/** Adds a call whose body is JSON; `malformed` is the answer to any other body. */
export function addMpJsonRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  answer: (
    exchange: MpExchange,
    account: SeededAccount,
    json: JsonObject,
  ) => MpAnswer | Promise<MpAnswer>,
  malformed?: MpError,
  begun?: (exchange: MpExchange) => void,
): void {
  const answered = (exchange: MpExchange, account: SeededAccount) => {
    const body = readJsonBody(exchange, malformed);
    return isMpError(body) ? body : answer(exchange, account, body.json);
  };
  addMpRoute(routes, endpoint, answered, begun);
}

/**
 * Adds a call whose body is a form with a file.
 *
 * @param fileNames - the names of the file's part
 */
export function addMpFormRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  answer: (exchange: MpExchange, account: SeededAccount, form: MediaForm) => Promise<MpAnswer>,
  fileNames: readonly string[] = ["media"],
): void {
  const forms = new WeakMap<MpExchange, MediaForm>();
  addMpRoute(
    routes,
    endpoint,
    (exchange, account) => answer(exchange, account, forms.get(exchange) ?? new Map()),
    (exchange) => {
      const { request, entry } = exchange;
      const quotedBoundary = valueFor(exchange.transfer.quotedBoundary, "mp") ?? "refuse";
      const type = request.headers.get("content-type");
      const { form, notes } = readMediaForm(type, request.body, quotedBoundary, fileNames);
      note(exchange, notes);
      const part = mediaPart(form);
      if (part) {
        entry.filename = part.filename;
        entry.fileBytes = part.bytes.length;
      }
      forms.set(exchange, form);
    },
  );
}
