// node-easywechat: its server keeps the ticket, and its application takes the tokens of the platform and of an account.

import { type Application, listenerOf } from "../callbacks/easywechat.ts";
import { loadEasywechat } from "../easywechat-official-account.ts";
import { fieldOf, textOf } from "../publishing/publishing-client.ts";
import {
  appid,
  component_appid,
  component_appsecret,
  encodingAESKey,
  messageToken,
  type PlatformClient,
  picture,
} from "./platform-client.ts";

interface OpenPlatform extends Application {
  getComponentAccessToken(): { getToken(): Promise<string> };
  createPreAuthorizationCode(): Promise<{ pre_auth_code: string }>;
  getAuthorization(code: string): Promise<{ getAppId(): string; getRefreshToken(): string }>;
  refreshAuthorizerToken(appid: string, token: string): Promise<unknown>;
  getOfficialAccountWithRefreshToken(
    appid: string,
    token: string,
  ): Promise<{
    getClient(): {
      withFile(
        file: string,
        name: string,
      ): { post(path: string, payload: object): Promise<{ toObject(): unknown }> };
    };
  }>;
}

const OpenPlatform = loadEasywechat("OpenPlatform/Application") as new (
  config: object,
) => OpenPlatform;

/** They share the files of the cache, where the process runs. */
const application = (): OpenPlatform =>
  new OpenPlatform({
    app_id: component_appid,
    secret: component_appsecret,
    token: messageToken,
    aes_key: encodingAESKey,
  });
const platform = application();
let refreshToken = "";

export const client: PlatformClient = {
  listener: (handle) =>
    listenerOf(application, (push) => {
      handle(push);
      return undefined;
    }),
  token: () => platform.getComponentAccessToken().getToken(),
  preAuthCode: async () => (await platform.createPreAuthorizationCode()).pre_auth_code,
  async queryAuth(code) {
    const authorization = await platform.getAuthorization(code);
    refreshToken = authorization.getRefreshToken();
    return authorization.getAppId();
  },
  async refresh() {
    const reply = await platform.refreshAuthorizerToken(appid, refreshToken);
    refreshToken = String(fieldOf(reply, "authorizer_refresh_token"));
    return textOf(reply, "authorizer_access_token");
  },
  async upload() {
    const account = await platform.getOfficialAccountWithRefreshToken(appid, refreshToken);
    const payload = { params: { type: "image" } };
    const form = account.getClient().withFile(picture, "media");
    return textOf((await form.post("/cgi-bin/media/upload", payload)).toObject(), "media_id");
  },
};
