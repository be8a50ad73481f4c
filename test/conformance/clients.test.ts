// What is given in a client's place, and what a client shows.

import { createMpClient, createPayClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { everythingIn } from "../support/mp.ts";

describe("a client", () => {
  it("shows what is its caller's, and neither keys nor tokens", async () => {
    const pay = createPayClient(credentials.pay);
    const mp = createMpClient(credentials.mp);
    // What a copy or a printer takes along: symbols, too, if they are enumerable.
    expect(Reflect.ownKeys({ ...pay })).toEqual([
      "mchid",
      "brandId",
      "serialNo",
      "region",
      "baseUrl",
      "sign",
      "verify",
    ]);
    expect(Reflect.ownKeys({ ...mp })).toEqual(["appid", "baseUrl", "fileBaseUrl"]);
    const shown = `${JSON.stringify([pay, mp])} ${everythingIn({ ...pay })} ${everythingIn({ ...mp })}`;
    for (const secret of [credentials.mp.secret, credentials.pay.apiV3Key, "PRIVATE KEY"]) {
      expect(shown).not.toContain(secret);
    }
  });
});
