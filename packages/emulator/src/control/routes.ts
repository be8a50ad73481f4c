import type { Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import { commentEndpoints } from "../mp/comment/endpoints.ts";
import { mpEndpoints } from "../mp/endpoints.ts";
import { platformEndpoints } from "../mp/platform/endpoints.ts";
import { publishEndpoints } from "../mp/publish/endpoints.ts";
import { quotaEndpoints } from "../mp/quota/endpoints.ts";
import { videoEndpoints } from "../mp/video/endpoints.ts";
import { payEndpoints } from "../pay/endpoints.ts";
import { payUploadEndpoints } from "../pay/upload-endpoints.ts";
import { type SampleName, sampleFile } from "../samples.ts";
import {
  clientIpRoute,
  materialNewsRoute,
  seedRoute,
  tokenRoute,
  userRoute,
} from "./account-routes.ts";
import { billRoute } from "./bill-route.ts";
import { callbackRoute } from "./callback-route.ts";
import { clockRoute } from "./clock-route.ts";
import type { Control } from "./control.ts";
import { faultRoute } from "./fault-route.ts";
import { mpPlatformsRoute } from "./mp-platforms-route.ts";
import { notifyRoute } from "./notify-route.ts";
import { optionsRoute } from "./options-route.ts";
import { platformRoute } from "./platform-route.ts";
import { newsRoute, publicationRoute, videoRoute } from "./review-routes.ts";
import { addControlRoute, type ControlRoute, controlFailure, refuseStranger } from "./route.ts";

/** For a shell, and for languages without JSON in their standard library. */
const pem = (key = ""): Response =>
  new Response(key, { headers: { "content-type": "application/x-pem-file" } });

/** A sample file, so that every language has a file to upload first. */
function sampleReply({ pathname }: URL): Response {
  const file = sampleFile(pathname.slice(pathname.lastIndexOf("/") + 1) as SampleName);
  const headers = { "content-type": file.type, "content-length": String(file.size) };
  return new Response(file, { headers });
}

const withoutBytes = (stored: readonly object[]): object[] =>
  stored.map((each) => ({ ...each, bytes: undefined }));

const ROUTES: Readonly<Record<string, ControlRoute>> = {
  health: { GET: () => ({ ok: true }) },
  credentials: { GET: ({ credentials }) => credentials },
  "merchant-key.pem": { GET: ({ credentials }) => pem(credentials.pay.privateKey) },
  "platform-key.pem": { GET: ({ credentials }) => pem(credentials.pay.platformKeys[0]?.key) },
  "samples/:name": { GET: (_, __, { url }) => sampleReply(url) },
  reset: {
    POST(control) {
      control.reset();
      return { ok: true };
    },
  },
  options: optionsRoute,
  seed: seedRoute,
  clock: clockRoute,
  faults: faultRoute,
  journal: {
    GET: ({ journal }) => ({ entries: journal.entries() }),
    DELETE({ journal }) {
      journal.clear();
      return { entries: [] };
    },
  },
  media: {
    GET: ({ payMedia, mpMedia }) => ({
      payMedia: withoutBytes(payMedia),
      mpMedia: withoutBytes(mpMedia),
    }),
  },
  applyments: { GET: ({ applyments }) => ({ applyments }) },
  bills: billRoute,
  platform: platformRoute,
  notify: notifyRoute,
  tokens: tokenRoute,
  "user-sends": userRoute,
  "material-news": materialNewsRoute,
  callbacks: callbackRoute,
  messages: { GET: ({ messages }) => ({ messages }) },
  previews: { GET: ({ previews }) => ({ previews }) },
  "client-ip": clientIpRoute,
  videos: videoRoute,
  news: newsRoute,
  drafts: { GET: ({ drafts }) => ({ drafts: drafts.list() }) },
  publications: publicationRoute,
  "mp-platforms": mpPlatformsRoute,
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
    ...platformEndpoints,
    ...videoEndpoints,
    ...publishEndpoints,
    ...commentEndpoints,
    ...quotaEndpoints,
  ],
  control: Object.entries(ROUTES).map(([name, methods]) => ({
    path: `/_emulator/${name}`,
    methods: Object.keys(methods),
  })),
};

/** Adds the control routes and, after them, a 404 for any other path below `/_emulator/`. */
export function addControlRoutes(app: Hono<Bindings>, control: Control): void {
  for (const [name, route] of Object.entries(ROUTES)) {
    addControlRoute(app, control, `/_emulator/${name}`, route);
  }
  for (const path of ["/", "/_emulator"]) addControlRoute(app, control, path, { GET: () => index });
  app.all("/_emulator/*", ({ env: { exchange } }) => {
    const names = Object.keys(ROUTES).join(", ");
    const missing = `There is no such control route; the routes are ${names}.`;
    return refuseStranger(exchange) ?? controlFailure(404, missing);
  });
}
