import type { Hono } from "hono";
import type { Exchange } from "../exchange.ts";
import { addApiRoute, type Bindings } from "../http/api-route.ts";
import type { SeededAccount } from "./account.ts";
import { admitAccount, appidOf } from "./auth.ts";
import type { MpCall } from "./endpoints.ts";
import { isMpError, type MpError, mpError } from "./error.ts";
import { type JsonObject, readJsonBody } from "./json-body.ts";
import { type MediaForm, mediaPart, readMediaForm } from "./media/form.ts";
import { errorReply, jsonReply } from "./reply.ts";

/** An object goes out as JSON; a file is a Response of its own. */
export type MpAnswer = object | Response | MpError;

function toResponse(exchange: Exchange, answer: MpAnswer): Response {
  if (answer instanceof Response) return answer;
  return isMpError(answer) ? errorReply(exchange, answer) : jsonReply(exchange, answer);
}

/** What faults and the journal go by. */
function noteCall(exchange: Exchange, appid: string | undefined): void {
  const { entry, request } = exchange;
  const action = request.url.searchParams.get("action");
  const type = request.url.searchParams.get("type");
  if (appid !== undefined) entry.appid = appid;
  if (action !== null) entry.action = action;
  if (type !== null) entry.type = type;
}

/** Documented, that there are such errors; that they come before all others is assumed. */
const wrongMethod =
  ({ method }: MpCall) =>
  (exchange: Exchange): Response => {
    noteCall(exchange, undefined);
    return errorReply(exchange, mpError(method === "GET" ? 43001 : 43002));
  };

/** Adds a call that needs no access_token; `appid` tells who calls, as far as that can be seen. */
export function addOpenMpRoute(
  app: Hono<Bindings>,
  call: MpCall,
  appid: (exchange: Exchange) => string | undefined,
  answer: (exchange: Exchange) => MpAnswer,
): void {
  const begin = (exchange: Exchange) => {
    noteCall(exchange, appid(exchange));
    return () => toResponse(exchange, answer(exchange));
  };
  addApiRoute(app, call.method, call.path, begin, wrongMethod(call));
}

/**
 * Adds a call of an account: its access_token, right and quota are looked at before `answer` runs.
 * `note` is for more that faults and the journal may go by.
 */
export function addMpRoute(
  app: Hono<Bindings>,
  call: MpCall,
  answer: (exchange: Exchange, account: SeededAccount) => MpAnswer | Promise<MpAnswer>,
  note: (exchange: Exchange) => void = () => {},
): void {
  const begin = (exchange: Exchange) => {
    noteCall(exchange, appidOf(exchange));
    note(exchange);
    return async () => {
      const account = admitAccount(exchange, call);
      if (isMpError(account)) return errorReply(exchange, account);
      return toResponse(exchange, await answer(exchange, account));
    };
  };
  addApiRoute(app, call.method, call.path, begin, wrongMethod(call));
}

/** Adds a call whose body is JSON; `malformed` answers one that is not. */
export function addMpJsonRoute(
  app: Hono<Bindings>,
  call: MpCall,
  answer: (
    exchange: Exchange,
    account: SeededAccount,
    json: JsonObject,
  ) => MpAnswer | Promise<MpAnswer>,
  malformed?: MpError,
): void {
  addMpRoute(app, call, (exchange, account) => {
    const body = readJsonBody(exchange, malformed);
    return isMpError(body) ? body : answer(exchange, account, body.json);
  });
}

/** Adds a call whose body is a form with a file. */
export function addMpFormRoute(
  app: Hono<Bindings>,
  call: MpCall,
  answer: (exchange: Exchange, account: SeededAccount, form: MediaForm) => Promise<MpAnswer>,
): void {
  const forms = new WeakMap<Exchange, MediaForm>();
  addMpRoute(
    app,
    call,
    (exchange, account) => answer(exchange, account, forms.get(exchange) ?? new Map()),
    (exchange) => {
      const { request, state, entry } = exchange;
      const { quotedBoundary = "refuse" } = state.options;
      const type = request.headers.get("content-type");
      const form = readMediaForm(type, request.body, quotedBoundary);
      const part = mediaPart(form);
      if (part) {
        entry.filename = part.filename;
        entry.fileBytes = part.bytes.length;
      }
      forms.set(exchange, form);
    },
  );
}
