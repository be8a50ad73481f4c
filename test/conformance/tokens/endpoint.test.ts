import { describe, expect, it } from "vitest";
import { callsOf, countMaterial, failure, mpInProcess, mpOverHttp } from "../../support/mp.ts";

describe("the token endpoint", () => {
  it("knows whether the secret is wrong, under both of WeChat's numbers", async () => {
    for (const wrongSecret of [40125, 40001] as const) {
      const { mp, emulator } = mpInProcess({ secret: "f".repeat(32) }, { wrongSecret });
      const error = await failure(countMaterial(mp));
      expect(error).toMatchObject({ errcode: wrongSecret, endpoint: "/cgi-bin/stable_token" });
      expect(error.message).toContain("or it was reset");
      expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 0 });
    }
  });

  it("over HTTP is not there: a NetworkError", async () => {
    const mp = mpOverHttp({ baseUrl: "http://127.0.0.1:9", retry: false });
    expect(await failure(countMaterial(mp))).toMatchObject({ code: "ERR_NETWORK" });
  });

  it("over HTTP is asked as any other: a wrong secret is refused", async () => {
    const mp = mpOverHttp({ secret: "f".repeat(32) });
    expect(await failure(countMaterial(mp))).toMatchObject({
      errcode: 40125,
      errmsg: "invalid appsecret",
      rid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
      hint: expect.any(String),
    });
  });
});
