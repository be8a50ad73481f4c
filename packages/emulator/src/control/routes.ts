import type { Hono } from "hono";
import type { Fault } from "../faults/kinds.ts";
import type { Bindings } from "../http/api-route.ts";
import { mpEndpoints } from "../mp/endpoints.ts";
import { publishEndpoints } from "../mp/publish/endpoints.ts";
import { videoEndpoints } from "../mp/video/endpoints.ts";
import { payEndpoints } from "../pay/endpoints.ts";
import { payUploadEndpoints } from "../pay/upload-endpoints.ts";
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
import {
  addControlRoute,
  type ControlAnswer,
  controlFailure,
  type JsonBody,
  refuseStranger,
} from "./route.ts";

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

type Answer = (control: Control, body: JsonBody) => unknown;

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
  platform: {
    GET: ({ platform }) => platformJson(platform),
    POST: ({ platform }, body) => steerPlatform(platform, body),
  },
};

const index = {
  name: "wechat-edge emulator",
  inspector: "/_emulator/",
  api: [
    ...payUploadEndpoints.map(({ path, maxBytes, evidence, source }) => ({
      method: "POST",
      path,
      maxBytes,
      evidence,
      source,
    })),
    ...payEndpoints,
    ...mpEndpoints,
    ...videoEndpoints,
    ...publishEndpoints,
  ],
  control: Object.entries(ROUTES).map(([name, methods]) => ({
    path: `/_emulator/${name}`,
    methods: Object.keys(methods),
  })),
};

/** Adds the control routes and, behind all others below `/_emulator/`, what says that there are no more. */
export function addControlRoutes(app: Hono<Bindings>, control: Control): void {
  const methodsOf = (answers: Record<string, Answer>): Record<string, ControlAnswer> =>
    Object.fromEntries(
      Object.entries(answers).map(([method, answer]) => [method, (body) => answer(control, body)]),
    );
  for (const [name, answers] of Object.entries(ROUTES)) {
    addControlRoute(app, `/_emulator/${name}`, methodsOf(answers));
  }
  for (const path of ["/", "/_emulator"]) addControlRoute(app, path, { GET: () => index });
  app.all("/_emulator/*", ({ env: { exchange } }) => {
    const names = Object.keys(ROUTES).join(", ");
    const missing = `There is no such control route; there are ${names}.`;
    return refuseStranger(exchange.request) ?? controlFailure(404, missing);
  });
}
