import { createMpClient } from "@wechat-edge/core";
import {
  createMpPlatform,
  createPreAuthCode,
  queryAuth,
  readPlatformPush,
  startPushTicket,
} from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { pictureBytes, pictureName } from "../publishing/publishing-client.ts";
import { appid, type PlatformClient } from "./platform-client.ts";

const store = new Map<string, string>();
const platform = createMpPlatform({ ...credentials.platform, tokenStore: store });
const { getAccessToken } = platform;
const mp = createMpClient({ appid, getAccessToken });
const { signal } = new AbortController();

export const client: PlatformClient = {
  listener: (handle) => async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    handle({ ...(await readPlatformPush(platform, { url: request.url ?? "", body })) });
    response.end("success");
  },
  async token() {
    await startPushTicket(platform);
    await createPreAuthCode(platform);
    const stored = [...store].find(([key]) => key.includes("component-token"))?.[1] ?? "{}";
    return (JSON.parse(stored) as { access_token: string }).access_token;
  },
  preAuthCode: async () => (await createPreAuthCode(platform)).pre_auth_code,
  queryAuth: async (code) => (await queryAuth(platform, code)).authorizer_appid,
  async refresh() {
    const rejected = await getAccessToken({ appid, signal });
    return getAccessToken({ appid, rejected, signal });
  },
  async upload() {
    const file = new File([pictureBytes], pictureName);
    return (await uploadMedia(mp, { type: "image" }, file)).media_id;
  },
};
