// What nobody may find in a log: the token and the secret, in whatever goes wrong.

import type { Attempt, MpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { expectHidden } from "../../../../../test/support/hidden-tokens.ts";
import { media } from "../../../../../test/support/media.ts";
import {
  countMaterial,
  failure,
  mpInProcess,
  mpScripted,
  type ScriptedReply,
} from "../../../../../test/support/mp.ts";

/** As long and as odd as a token may be; no part of it may be seen. */
const token = `Tok${"en".repeat(254)}_-`;
const oddToken = `Tok${"en".repeat(10)}'(Tok)"Tok&Tok%20Tok+Tok/Tok=Tok#Tok`;
const secret = credentials.mp.secret;

describe("neither token nor secret is seen", () => {
  it("in what onAttempt is told of successes, refusals and failures", async () => {
    for (const kind of ["stable", "plain"] as const) {
      const attempts: Attempt[] = [];
      const { mp, emulator, used } = mpInProcess({
        token: kind,
        onAttempt: (attempt) => attempts.push(attempt),
      });
      await countMaterial(mp);
      emulator.control.tokens.kill(mp.appid, { replace: true });
      await countMaterial(mp);
      emulator.control.faults.add({ kind: "cut", at: "before" });
      await countMaterial(mp);
      expect(attempts.length).toBe(7);
      expect(attempts.map(({ errcode }) => errcode).filter(Boolean)).toEqual([40001]);
      expectHidden(attempts, secret, ...used);
    }
  });

  /** What a server might answer that repeats what it was sent. */
  const echoes: Record<string, (hidden: string) => ScriptedReply> = {
    "an errmsg that repeats it": (hidden) => ({ errcode: 40013, errmsg: `bad: ${hidden}` }),
    "an errmsg that repeats it encoded": (hidden) => ({
      errcode: 40013,
      errmsg: `bad: /cgi-bin/x?access_token=${encodeURIComponent(hidden)}&secret=${hidden} rid: 1-2`,
    }),
    "an errmsg that repeats it encoded, by itself": (hidden) => ({
      errcode: 40013,
      errmsg: `bad: ${encodeURIComponent(hidden)}`,
    }),
    "a hint that repeats it": (hidden) => ({ errcode: 40013, errmsg: `bad hint: [${hidden}]` }),
    "a rid that repeats it": (hidden) => ({ errcode: 40013, errmsg: `bad rid: ${hidden}` }),
    "a busy server that repeats it": (hidden) => ({ errcode: -1, errmsg: `busy ${hidden}` }),
    "a msg that repeats it": (hidden) => ({ ret: 1, msg: `bad ${hidden}` }),
    "an errcode that repeats it": (hidden) => ({ errcode: `bad ${hidden}`, errmsg: "" }),
    "a page that repeats it": (hidden) =>
      new Response(`<html>${hidden}</html>`, { headers: { "content-type": "text/html" } }),
    "a failure of fetch that repeats the URL": (hidden) =>
      new TypeError(
        `error sending request for url (https://api.weixin.qq.com/x?access_token=${encodeURIComponent(hidden)}&secret=${encodeURIComponent(hidden)})`,
        { cause: new Error(`connect to ?access_token=${hidden} failed; secret=${hidden}`) },
      ),
    "a redirect that repeats it": (hidden) =>
      Response.redirect(`https://a.example/?access_token=${hidden}`),
  };
  for (const [what, reply] of Object.entries(echoes)) {
    it(`in ${what}: the token`, async () => {
      const expired = { errcode: 42001, errmsg: `access_token expired ${token}` };
      const file = await media("licence.jpg");
      for (const value of [token, oddToken]) {
        for (const [first, replies] of [
          [value, [reply(value)]],
          [token, [expired, reply(value)]],
        ] as const) {
          const make = (attempts: Attempt[]) =>
            mpScripted(replies, {
              getAccessToken: ({ rejected }) => (rejected === undefined ? first : value),
              onAttempt: (attempt) => attempts.push(attempt),
            }).mp;
          for (const call of [
            countMaterial,
            (mp: MpClient) => addMaterial(mp, { type: "image" }, file),
          ]) {
            const attempts: Attempt[] = [];
            const mp = make(attempts);
            expectHidden([await failure(call(mp)), attempts, mp], value, token);
          }
        }
      }
    });

    it(`in ${what}: the secret, at both token endpoints`, async () => {
      const odd = `S3cr3t${"'(&%+/=#)".repeat(3)}S3cr3t`;
      for (const value of [secret, odd]) {
        for (const kind of ["stable", "plain"] as const) {
          const attempts: Attempt[] = [];
          const { mp } = mpScripted([reply(value)], {
            secret: value,
            token: kind,
            onAttempt: (attempt) => attempts.push(attempt),
          });
          const error = await failure(countMaterial(mp));
          expectHidden([error, attempts, mp], value);
        }
      }
    });
  }

  it("in a timeout, nor in an unknown outcome", async () => {
    const { mp } = mpScripted([() => new Promise(() => undefined)], {
      timeout: 20,
      retry: false,
      getAccessToken: () => token,
    });
    expectHidden(await failure(countMaterial(mp)), token);
    const upload = addMaterial(mp, { type: "image" }, await media("licence.jpg"));
    const error = await failure(upload);
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "addMaterial" });
    expectHidden(error, token);
  });

  it("in an errmsg whose token the client did not send", async () => {
    const errmsg = `see https://a.example/?access_token=${token}`;
    const { mp } = mpScripted([{ errcode: 40013, errmsg }]);
    expectHidden(await failure(countMaterial(mp)), token);
  });

  it("in an unusable reply of the token endpoint", async () => {
    for (const expires_in of [0, "soon", secret, { secret, token }, [token], `${token}0`]) {
      const { mp } = mpScripted([{ access_token: token, expires_in }], { secret });
      expectHidden(await failure(countMaterial(mp)), token, secret);
    }
  });
});
