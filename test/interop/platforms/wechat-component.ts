// wechat-component, with wechat-api below it. It reads no pushes: its users have co-wechat, or wechat, for them.

import { createRequire } from "node:module";
import { client as coWechat } from "../callbacks/co-wechat.ts";
import {
  appid,
  component_appid,
  component_appsecret,
  encodingAESKey,
  messageToken,
  type PlatformClient,
  picture,
} from "./platform-client.ts";

type Callback<T> = (error: Error | null, result?: T) => void;

interface Token {
  accessToken: string;
  refreshToken?: string;
}

interface Api {
  uploadMedia(file: string, type: string, callback: Callback<{ media_id: string }>): void;
  getAccessToken(callback: Callback<Token>): void;
}

interface Component {
  token: Token;
  getAccessToken(callback: Callback<Token>): void;
  createPreAuthCode(callback: Callback<{ pre_auth_code: string }>): void;
  queryAuth(
    code: string,
    callback: Callback<{
      authorization_info: {
        authorizer_appid: string;
        authorizer_access_token: string;
        authorizer_refresh_token: string;
        expires_in: number;
      };
    }>,
  ): void;
  getAPI(
    appid: string,
    getToken: (callback: Callback<Token>) => void,
    saveToken: (token: Token, callback: Callback<void>) => void,
  ): Api;
}

const Component = createRequire(import.meta.url)("wechat-component") as new (
  appid: string,
  secret: string,
  getTicket: (callback: Callback<string>) => void,
) => Component;

let ticket: string | undefined;
let saved: Token | undefined;
const component = new Component(component_appid, component_appsecret, (callback) =>
  ticket === undefined ? callback(new Error("No ticket.")) : callback(null, ticket),
);
const api = component.getAPI(
  appid,
  (callback) => (saved ? callback(null, saved) : callback(new Error("Not authorized."))),
  (token, callback) => {
    saved = token;
    callback(null);
  },
);

const promised = <T>(run: (callback: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    run((error, result) => (error ? reject(error) : resolve(result as T)));
  });

export const client: PlatformClient = {
  listener: (handle) =>
    coWechat.platform({ appid: component_appid, token: messageToken, encodingAESKey }, (push) => {
      if (push["InfoType"] === "component_verify_ticket") {
        ticket = String(push["ComponentVerifyTicket"]);
      }
      handle(push);
      return undefined;
    }),
  token: async () => (await promised<Token>((done) => component.getAccessToken(done))).accessToken,
  preAuthCode: async () =>
    (await promised<{ pre_auth_code: string }>((done) => component.createPreAuthCode(done)))
      .pre_auth_code,
  async queryAuth(code) {
    const { authorization_info: info } = await promised<
      Parameters<Parameters<Component["queryAuth"]>[1]>[1] & object
    >((done) => component.queryAuth(code, done));
    saved = {
      accessToken: info.authorizer_access_token,
      refreshToken: info.authorizer_refresh_token,
    };
    return info.authorizer_appid;
  },
  refresh: async () => (await promised<Token>((done) => api.getAccessToken(done))).accessToken,
  upload: async () =>
    (await promised<{ media_id: string }>((done) => api.uploadMedia(picture, "image", done)))
      .media_id,
};
