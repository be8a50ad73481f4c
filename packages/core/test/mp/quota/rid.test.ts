// WeChat keeps what a refused call sent: of a call for a token, the AppSecret.

import { describe, expect, it } from "vitest";
import { createMpClient } from "../../../src/index.ts";
import { getRid } from "../../../src/mp-doctor.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

async function explained(request: object): Promise<string> {
  const mp = createMpClient({
    appid: "wx0123456789abcdef",
    getAccessToken: () => "a-token",
    fetch: async () => Response.json({ errcode: 0, request }),
  });
  return JSON.stringify(await getRid(mp, { rid: "61725984-6126f6f9-040f19c4" }));
}

describe("what getRid returns shows no secret", () => {
  it.each<[call: string, request: object, shown: string]>([
    [
      "a call of another process",
      { request_url: `access_token=${SECRET}&type=image` },
      "access_token=***&type=image",
    ],
    [
      "of a third-party platform",
      { request_url: `component_access_token=${SECRET}` },
      "component_access_token=***",
    ],
    [
      "/cgi-bin/token",
      { request_url: `grant_type=client_credential&appid=wx1&secret=${SECRET}` },
      "appid=wx1&secret=***",
    ],
    [
      "/cgi-bin/stable_token",
      { request_body: JSON.stringify({ appid: "wx1", secret: SECRET, force_refresh: true }) },
      String.raw`\"secret\":\"***\",\"force_refresh\":true`,
    ],
    [
      "/cgi-bin/clear_quota/v2, cut",
      { request_body: `{\n  "appid" : "wx1",\n  "appsecret" : "${SECRET}` },
      String.raw`\"appsecret\" : \"***`,
    ],
    [
      "api_authorizer_token",
      { request_body: JSON.stringify({ authorizer_refresh_token: SECRET }) },
      String.raw`\"authorizer_refresh_token\":\"***\"`,
    ],
    [
      "api_component_token",
      {
        request_body: JSON.stringify({
          component_appsecret: SECRET,
          component_verify_ticket: SECRET,
        }),
      },
      String.raw`\"component_verify_ticket\":\"***\"`,
    ],
    ["an answer with a token", { response_body: `{"access_token":"${SECRET}"}` }, "***"],
  ])("of %s", async (_, request, shown) => {
    const text = await explained(request);
    expect(text).not.toContain(SECRET);
    expect(text).toContain(shown);
  });

  it("and all else as it was", async () => {
    const request = {
      invoke_time: 1_635_927_298,
      request_body: `{"media_id":"token=1","tagid":"secret"}`,
      response_body: '{"errcode":40007,"errmsg":"invalid media_id"}',
    };
    expect(await explained(request)).toBe(JSON.stringify(request));
  });
});
