// What nobody may find in a log: the token and the secret, in whatever goes wrong.

import type { Attempt, MpClientOptions } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial, uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, inject, it } from "vitest";
import { expectHidden } from "../../support/hidden-tokens.ts";
import { media, renamed } from "../../support/media.ts";
import { countMaterial, failure, mpInProcess, mpOverHttp, mpScripted } from "../../support/mp.ts";

/** As long and as odd as a token may be; no part of it may be seen. */
const token = `Tok${"en".repeat(254)}_-`;
const oddToken = `Tok${"en".repeat(10)}'(Tok)"Tok&Tok%20Tok+Tok/Tok=Tok#Tok`;
const secret = credentials.mp.secret;

describe("neither token nor secret is seen", () => {
  it("in a client, before and after its first call", async () => {
    const { mp, used } = mpInProcess({ tokenStore: new Map() });
    expectHidden(mp, secret);
    await countMaterial(mp);
    expectHidden(mp, secret, ...used);
    expectHidden(mpScripted([{}], { getAccessToken: () => token }).mp, token);
  });
});

describe("over HTTP, where some runtimes put the URL into their errors, no token is seen", () => {
  /** A client that remembers which tokens went out. */
  function observed(options: Partial<MpClientOptions> = {}) {
    const used = new Set<string>();
    const attempts: Attempt[] = [];
    const mp = mpOverHttp({
      onAttempt: (attempt) => attempts.push(attempt),
      fetch: (input, init) => {
        const sent = new URL(input).searchParams.get("access_token");
        if (sent !== null) used.add(sent);
        return fetch(input, init);
      },
      ...options,
    });
    return { mp, used, attempts };
  }

  for (const [name, codes] of Object.entries({
    "cut-before.jpg": ["ERR_NETWORK"],
    "cut-headers.jpg": ["ERR_NETWORK"],
    "cut-body.jpg": ["ERR_NETWORK"],
    "oversize.jpg": ["ERR_REPLY"],
    "portal.jpg": ["ERR_REPLY"],
    "redirect.jpg": ["ERR_REPLY", "ERR_NETWORK"], // a browser hides why
    "slow.jpg": ["ERR_TIMEOUT"],
  })) {
    it(`when an upload fails: ${name}`, async () => {
      const { mp, used, attempts } = observed();
      await countMaterial(mp);
      const [known = ""] = used;
      const timeout = name === "slow.jpg" ? 80 : 20_000;
      const getAccessToken = () => known;
      const hurried = observed({ timeout, secret: undefined, getAccessToken });
      const file = renamed(await media("licence.jpg"), name);
      const error = await failure(uploadMedia(hurried.mp, { type: "image" }, file));
      expect(codes).toContain(error["code"]);
      expect([...hurried.used]).toEqual([known]);
      expectHidden([error, hurried.attempts, hurried.mp, attempts, mp], secret, known);
    });
  }

  for (const kind of ["stable", "plain"] as const) {
    it(`nor the secret, when nobody listens where the ${kind} token should come from`, async () => {
      const { mp, attempts } = observed({ baseUrl: "http://127.0.0.1:9", token: kind });
      const error = await failure(countMaterial(mp));
      expect(error["code"]).toBe("ERR_NETWORK");
      expectHidden([error, attempts, mp], secret);
    });
  }

  for (const value of [token, oddToken]) {
    it(`when nobody listens where the API should be: ${value.length} characters`, async () => {
      const { mp, attempts } = observed({
        baseUrl: "http://127.0.0.1:9",
        secret: undefined,
        getAccessToken: () => value,
      });
      const error = await failure(countMaterial(mp));
      expect(error["code"]).toBe("ERR_NETWORK");
      expectHidden([error, attempts, mp], value);
      const upload = addMaterial(mp, { type: "image" }, await media("licence.jpg"));
      const unknown = await failure(upload);
      expect(unknown["code"]).toBe("ERR_OUTCOME_UNKNOWN");
      expectHidden([unknown, attempts], value);
    });
  }

  it("when the API refuses the call", async () => {
    const { mp, attempts } = observed({
      baseUrl: inject("emulator").baseUrl,
      secret: undefined,
      getAccessToken: () => token,
    });
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({ errcode: 40001 });
    expectHidden([error, attempts, mp], token);
  });
});
