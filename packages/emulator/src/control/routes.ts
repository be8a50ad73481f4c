import type { Context, Hono } from "hono";
import type { Exchange } from "../exchange.ts";
import type { Fault } from "../faults/kinds.ts";
import type { Bindings } from "../http/api-route.ts";
import { keepAnswers } from "../inspector/answers.ts";
import { answerInspector } from "../inspector/inspector.ts";
import { answerKeptPicture } from "../inspector/picture.ts";
import { mpCalls } from "../mp/endpoints.ts";
import { publishCalls } from "../mp/publish/endpoints.ts";
import { videoCalls } from "../mp/video/endpoints.ts";
import { payCalls } from "../pay/endpoints.ts";
import { payRoutes } from "../pay/upload-endpoints.ts";
import { seed, steerClientIp, steerTokens, steerUser, tokensJson } from "./accounts.ts";
import type { Control } from "./control.ts";
import { platformJson, steerPlatform } from "./platform.ts";
import {
  draftsJson,
  newsJson,
  publicationsJson,
  steerNews,
  steerPublications,
  steerVideos,
  videosJson,
} from "./reviews.ts";

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

const failure = (status: number, error: string, headers: Record<string, string> = {}): Response =>
  Response.json({ error }, { status, headers });

/**
 * Only the developer at this machine may steer: a Host that is not loopback is a rebound name, and
 * a foreign Origin is another site's page.
 */
function refuseStranger({ env: { exchange } }: Context<Bindings>): Response | undefined {
  const { url, headers } = exchange.request;
  if (!LOOPBACK_HOSTS.includes(url.hostname)) {
    return failure(403, `Host is ${url.host}; control routes answer to localhost alone.`);
  }
  const origin = headers.get("origin");
  if (origin === null || origin === url.origin) return undefined;
  return failure(403, `Origin is ${origin}; control routes answer to ${url.origin} alone.`);
}

function readJson({ env: { exchange } }: Context<Bindings>): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder().decode(exchange.request.body) || "{}");
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`The body is ${JSON.stringify(value)}; it must be a JSON object.`);
  }
  return value as Record<string, unknown>;
}

function steerClock(control: Control, { set, advance, ...rest }: Record<string, unknown>): void {
  const milliseconds = (value: unknown): number =>
    typeof value === "string" ? Date.parse(value) : (value as number);
  if ((set === undefined) === (advance === undefined) || Object.keys(rest).length > 0) {
    throw new TypeError('The body must be {"set": ms or ISO 8601 text} or {"advance": ms}.');
  }
  if (set !== undefined) control.clock.set(milliseconds(set));
  else control.clock.advance(advance as number);
}

function addFaults(control: Control, body: Record<string, unknown>): void {
  const given = Array.isArray(body) ? body : (body["faults"] ?? [body]);
  if (!Array.isArray(given)) throw new TypeError("faults must be a list of faults.");
  for (const fault of given as Fault[]) control.faults.add(fault);
}

const clockJson = ({ clock }: Control) => ({
  now: clock.now(),
  iso: new Date(clock.now()).toISOString(),
});

/** A Response goes out as it is, anything else as JSON. */
type Answer = (control: Control, body: Record<string, unknown>, exchange: Exchange) => unknown;

const ROUTES: Record<string, Record<string, Answer>> = {
  health: { GET: () => ({ ok: true }) },
  credentials: { GET: ({ credentials }) => credentials },
  reset: {
    POST(control) {
      control.reset();
      return { ok: true };
    },
  },
  seed: {
    POST(control, body) {
      seed(control, body);
      return { ok: true };
    },
  },
  clock: {
    GET: clockJson,
    POST(control, body) {
      steerClock(control, body);
      return clockJson(control);
    },
  },
  faults: {
    GET: ({ faults }) => ({ faults: faults.list() }),
    POST(control, body) {
      addFaults(control, body);
      return { faults: control.faults.list() };
    },
    DELETE({ faults }) {
      faults.clear();
      return { faults: [] };
    },
  },
  journal: {
    GET: ({ journal }) => ({ entries: journal.entries() }),
    DELETE({ journal }) {
      journal.clear();
      return { entries: [] };
    },
  },
  media: {
    GET: ({ media, mpMedia }) => ({
      media: media.map((stored) => ({ ...stored, bytes: undefined })),
      mpMedia: mpMedia.map((stored) => ({ ...stored, bytes: undefined })),
    }),
  },
  tokens: {
    GET: tokensJson,
    POST: steerTokens,
  },
  "user-sends": { POST: steerUser },
  messages: { GET: ({ messages }) => ({ messages }) },
  "client-ip": {
    GET: ({ clientIp = null }) => ({ clientIp }),
    POST: steerClientIp,
  },
  videos: { GET: videosJson, POST: steerVideos },
  news: { GET: newsJson, POST: steerNews },
  drafts: { GET: draftsJson },
  publications: { GET: publicationsJson, POST: steerPublications },
  applyments: { GET: ({ applyments }) => ({ applyments }) },
  picture: {
    GET: (_, __, { state, request }) =>
      answerKeptPicture(state, request.url.searchParams.get("sha256") ?? ""),
  },
  platform: {
    GET: ({ platform }) => platformJson(platform),
    POST: ({ platform }, body) => steerPlatform(platform, body),
  },
};

const index = {
  name: "wechat-edge emulator",
  inspector: "/_emulator/",
  api: [
    ...payRoutes.map(({ path, maxBytes, evidence, source }) => ({
      method: "POST",
      path,
      maxBytes,
      evidence,
      source,
    })),
    ...payCalls,
    ...mpCalls,
    ...videoCalls,
    ...publishCalls,
  ],
  control: Object.entries(ROUTES).map(([name, methods]) => ({
    path: `/_emulator/${name}`,
    methods: Object.keys(methods),
  })),
};

export function addControlRoutes(app: Hono<Bindings>, control: Control): void {
  const serve = (context: Context<Bindings>, methods: Record<string, Answer>): Response => {
    const refused = refuseStranger(context);
    if (refused) return refused;
    const { method } = context.env.exchange.request;
    const answer = methods[method];
    if (answer === undefined) {
      const allow = Object.keys(methods).join(", ");
      return failure(405, `${method} is not understood here; it must be ${allow}.`, { allow });
    }
    try {
      const body = method === "POST" ? readJson(context) : {};
      const answered = answer(control, body, context.env.exchange);
      return answered instanceof Response ? answered : Response.json(answered);
    } catch (error) {
      const refused = [TypeError, RangeError, SyntaxError].some((kind) => error instanceof kind);
      if (!refused) throw error;
      return failure(400, (error as Error).message);
    }
  };
  for (const [name, methods] of Object.entries(ROUTES)) {
    app.all(`/_emulator/${name}`, (context) => serve(context, methods));
  }
  for (const path of ["/", "/_emulator"]) {
    app.all(path, (context) => serve(context, { GET: () => index }));
  }
  const inspector: Answer = (_, __, { state, request: { url } }) =>
    answerInspector({ state, control, answers, url });
  app.all("/_emulator/", (context) => serve(context, { GET: inspector }));
  app.all("/_emulator/*", (context) => {
    const names = Object.keys(ROUTES).join(", ");
    return (
      refuseStranger(context) ?? failure(404, `There is no such control route; there are ${names}.`)
    );
  });
  // Behind the control routes, whose own answers are of no interest.
  const answers = keepAnswers(app);
}
