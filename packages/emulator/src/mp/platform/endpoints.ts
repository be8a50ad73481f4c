import type { MpEndpoint } from "../endpoints.ts";

const endpoint = (name: string, source: string): MpEndpoint => ({
  method: "POST",
  path: `/cgi-bin/component/${name}`,
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source,
});

export const startPushTicketEndpoint: MpEndpoint = endpoint(
  "api_start_push_ticket",
  "启动ticket推送服务",
);
export const componentTokenEndpoint: MpEndpoint = {
  ...endpoint("api_component_token", "获取令牌"),
  evidence: { path: "documented", answer: "documented", errors: "documented" },
};
export const preAuthCodeEndpoint: MpEndpoint = endpoint("api_create_preauthcode", "获取预授权码");
export const queryAuthEndpoint: MpEndpoint = endpoint("api_query_auth", "使用授权码获取授权信息");
export const authorizerTokenEndpoint: MpEndpoint = endpoint(
  "api_authorizer_token",
  "获取/刷新接口调用令牌",
);
export const authorizerInfoEndpoint: MpEndpoint = endpoint(
  "api_get_authorizer_info",
  "获取授权方的帐号基本信息",
);
export const authorizerListEndpoint: MpEndpoint = endpoint(
  "api_get_authorizer_list",
  "拉取所有已授权的帐号信息",
);

/** The calls of a third-party platform; with an authorizer_access_token it makes those of the account too. */
export const platformEndpoints: readonly MpEndpoint[] = [
  startPushTicketEndpoint,
  componentTokenEndpoint,
  preAuthCodeEndpoint,
  queryAuthEndpoint,
  authorizerTokenEndpoint,
  authorizerInfoEndpoint,
  authorizerListEndpoint,
];
