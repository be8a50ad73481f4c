// Every call of an Official Account and of a third-party platform that sends a request, but for those of mp-publish.

import { createMpClient, mpRequest } from "@wechat-edge/core";
import { checkMpClient, clearQuota, getQuota, getRid } from "@wechat-edge/core/mp-doctor";
import {
  createPreAuthCode,
  getAuthorizerList,
  platformRequest,
  queryAuth,
  startPushTicket,
} from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import * as mpMedia from "@wechat-edge/mp-media";
import { authorized, type Kit } from "./kit.ts";
import { type Call, readToEnd, type Target } from "./target.ts";

const PICTURE = sampleFile("picture.png");
const IMAGE = { type: "image" } as const;
const { appid } = credentials.mp;
const COUNT = { method: "GET", path: "/cgi-bin/material/get_materialcount" };

/** A call that needs nothing before it. */
function simple(
  call: string,
  kind: Target["kind"],
  path: string,
  run: (kit: Kit) => Promise<unknown>,
): Target {
  return { call, kind, request: { path }, begin: (kit) => () => run(kit) };
}

/** The same with what is made before it. */
function prepared<Made>(
  call: string,
  kind: Target["kind"],
  path: string,
  make: (kit: Kit) => Made | Promise<Made>,
  run: (kit: Kit, made: Made) => Promise<unknown>,
): Target {
  const begin = async (kit: Kit): Promise<Call> => {
    const made = await make(kit);
    return () => run(kit, made);
  };
  return { call, kind, request: { path }, begin };
}

const added = async ({ mp }: Kit): Promise<{ media_id: string }> =>
  mpMedia.addMaterial(mp, IMAGE, PICTURE);
const sent = (type: "image" | "voice") => (kit: Kit) => ({
  media_id: kit.control.userSends({ type }),
});

/** The rid of a call that was refused. */
async function refused({ mp, control }: Kit): Promise<{ rid: string }> {
  const path = "/cgi-bin/material/get_material";
  await mpRequest(mp, { method: "POST", path, body: { media_id: "none" } }).catch(() => undefined);
  return { rid: control.journal.entries().at(-1)?.rid ?? "" };
}

const mediaTargets: readonly Target[] = [
  simple("uploadMedia", "may be repeated", "/cgi-bin/media/upload", ({ mp }) =>
    mpMedia.uploadMedia(mp, IMAGE, PICTURE),
  ),
  simple("addMaterial", "once", "/cgi-bin/material/add_material", ({ mp }) =>
    mpMedia.addMaterial(mp, IMAGE, PICTURE),
  ),
  simple("uploadArticleImage", "may be repeated", "/cgi-bin/media/uploadimg", ({ mp }) =>
    mpMedia.uploadArticleImage(mp, PICTURE),
  ),
  simple("keepMedia", "may be repeated", "/cgi-bin/media/upload", ({ mp }) =>
    mpMedia.keepMedia(mp, IMAGE, PICTURE, { store: new Map() }),
  ),
  simple("refreshKeptMedia", "may be repeated", "/cgi-bin/media/upload", ({ mp }) =>
    mpMedia.refreshKeptMedia(mp, [{ ...IMAGE, file: PICTURE }], { store: new Map() }),
  ),
  prepared("downloadMedia", "reads", "/cgi-bin/media/get", sent("image"), async ({ mp }, id) =>
    readToEnd(await mpMedia.downloadMedia(mp, id)),
  ),
  prepared(
    "downloadJssdkVoice",
    "reads",
    "/cgi-bin/media/get/jssdk",
    sent("voice"),
    async ({ mp }, id) => readToEnd(await mpMedia.downloadJssdkVoice(mp, id)),
  ),
  prepared("getMaterial", "reads", "/cgi-bin/material/get_material", added, async ({ mp }, id) =>
    readToEnd(await mpMedia.getMaterial(mp, id)),
  ),
  prepared(
    "deleteMaterial",
    "may be repeated",
    "/cgi-bin/material/del_material",
    added,
    ({ mp }, id) => mpMedia.deleteMaterial(mp, id),
  ),
  simple("listMaterial", "reads", "/cgi-bin/material/batchget_material", ({ mp }) =>
    mpMedia.listMaterial(mp, { ...IMAGE, offset: 0, count: 1 }),
  ),
  simple("countMaterial", "reads", COUNT.path, ({ mp }) => mpMedia.countMaterial(mp)),
  prepared(
    "sendMedia",
    "once",
    "/cgi-bin/message/custom/send",
    ({ mp }) => mpMedia.uploadMedia(mp, IMAGE, PICTURE),
    ({ mp }, { media_id }) =>
      mpMedia.sendMedia(mp, {
        touser: "oIx26e3b4a1c0d9f857abcdefghi",
        msgtype: "image",
        image: { media_id },
      }),
  ),
];

const coreTargets: readonly Target[] = [
  {
    ...simple("mpRequest", "reads", COUNT.path, ({ mp }) => mpRequest(mp, COUNT)),
    at: "GET",
  },
  {
    ...simple("mpRequest", "reads", "/cgi-bin/stable_token", ({ mp }) => mpRequest(mp, COUNT)),
    at: "the access_token",
    usesUp: true,
  },
  {
    ...prepared(
      "mpRequest",
      "once",
      "/cgi-bin/draft/add",
      added,
      ({ mp }, { media_id: thumb_media_id }) =>
        mpRequest(mp, {
          method: "POST",
          path: "/cgi-bin/draft/add",
          body: { articles: [{ thumb_media_id, title: "灯笼街", content: "<p>街</p>" }] },
        }),
    ),
    at: "POST",
  },
  simple("getQuota", "reads", "/cgi-bin/openapi/quota/get", ({ mp }) =>
    getQuota(mp, { cgi_path: "/cgi-bin/draft/add" }),
  ),
  prepared("getRid", "reads", "/cgi-bin/openapi/rid/get", refused, ({ mp }, { rid }) =>
    getRid(mp, { rid }),
  ),
  simple("clearQuota", "once", "/cgi-bin/clear_quota", ({ mp }) => clearQuota(mp)),
  simple("checkMpClient", "reads", COUNT.path, ({ mp }) => checkMpClient(mp)),
];

const component = (name: string): string => `/cgi-bin/component/${name}`;

/** A client of the account by the tokens of the platform. */
async function byPlatform(kit: Kit) {
  const { getAccessToken } = await authorized(kit);
  kit.control.tokens.kill(appid);
  return createMpClient({
    appid,
    getAccessToken,
    fetch: kit.fetch,
    sleep: async () => undefined,
    baseUrl: kit.mp.baseUrl,
  });
}

const allPlatformTargets: readonly Target[] = [
  prepared(
    "startPushTicket",
    "may be repeated",
    component("api_start_push_ticket"),
    ({ control }) => control.mpPlatforms.pushTo({ to: async () => new Response("success") }),
    ({ platform }) => startPushTicket(platform),
  ),
  prepared(
    "createPreAuthCode",
    "may be repeated",
    component("api_create_preauthcode"),
    authorized,
    (_, platform) => createPreAuthCode(platform),
  ),
  {
    ...prepared(
      "createPreAuthCode",
      "may be repeated",
      component("api_component_token"),
      async (kit) => {
        await authorized(kit);
        kit.control.tokens.kill(credentials.platform.component_appid, { replace: true });
        return kit.platform;
      },
      (_, platform) => createPreAuthCode(platform),
    ),
    at: "the component_access_token",
    usesUp: true,
  },
  prepared(
    "queryAuth",
    "may be repeated",
    component("api_query_auth"),
    async (kit) => {
      const platform = await authorized(kit);
      return { platform, code: kit.control.mpPlatforms.authorize(appid).AuthorizationCode };
    },
    (_, { platform, code }) => queryAuth(platform, code),
  ),
  prepared(
    "getAuthorizerList",
    "reads",
    component("api_get_authorizer_list"),
    authorized,
    (_, platform) => getAuthorizerList(platform),
  ),
  prepared(
    "platformRequest",
    "once",
    component("api_get_authorizer_info"),
    authorized,
    (_, platform) =>
      platformRequest(platform, {
        path: component("api_get_authorizer_info"),
        body: { authorizer_appid: appid },
      }),
  ),
  {
    ...prepared("mpRequest", "reads", component("api_authorizer_token"), byPlatform, (_, mp) =>
      mpRequest(mp, COUNT),
    ),
    at: "the token of a platform",
    usesUp: true,
  },
];

/** What there is to do once, or a few times a day. */
const USED_UP = ["deleteMaterial", "clearQuota", "queryAuth"];

const marked = (target: Target): Target =>
  USED_UP.includes(target.call) ? { ...target, usesUp: true } : target;

export const mpTargets: readonly Target[] = [...coreTargets, ...mediaTargets].map(marked);

export const platformTargets: readonly Target[] = allPlatformTargets.map(marked);
