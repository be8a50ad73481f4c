import { credentials } from "@wechat-edge/emulator";
import { addMaterial, uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../../test/support/media.ts";
import {
  callsOf,
  countMaterial,
  failure,
  mpInProcess,
  mpScripted,
} from "../../../../../test/support/mp.ts";
import { still, warm } from "../../../../../test/support/warm-client.ts";

const { appid } = credentials.mp;
const picture = () => media("licence.jpg");
const image = { type: "image" } as const;

describe("an upload succeeds, in two requests, although its token", () => {
  it("dies in the middle and the cache of WeChat goes on answering it", async () => {
    const { mp, faults, emulator, errcodes } = await warm();
    faults.add({ kind: "token-killed", at: "headers" });
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([40001, undefined]);
    expect(callsOf(emulator)).toMatchObject({ stable: 3, forced: 1, api: 3 });
  });

  it("[publish.92] has expired (42001)", async () => {
    const { mp, tokens, emulator, errcodes } = await warm();
    tokens.expire(appid);
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([42001, undefined]);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, forced: 0 });
  });

  it("is called invalid (40014)", async () => {
    const { mp, faults, used, errcodes } = await warm();
    faults.add({ kind: "mp-error", errcode: 40014 });
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([40014, undefined]);
    expect(new Set(used).size).toBe(2);
  });

  it("[publish.91] [publish.93] is of the plain kind and was superseded by another program", async () => {
    const { mp, emulator, clock, errcodes } = await warm({ token: "plain" });
    const { secret } = credentials.mp;
    const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
    await emulator.fetch(`https://api.weixin.qq.com/cgi-bin/token?${query}`);
    clock.advance(299_000);
    await uploadMedia(mp, image, await picture()); // both work for five minutes
    expect(errcodes).toEqual([undefined]);
    clock.advance(1000);
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([undefined, 40001, undefined]);
    expect(callsOf(emulator)).toMatchObject({ plain: 3, stable: 0 });
  });

  it("is refused where a second upload would do harm: nothing has been done yet", async () => {
    const { mp, tokens, emulator } = await warm();
    tokens.kill(appid, { replace: true });
    await addMaterial(mp, image, await picture());
    expect(emulator.control.mpMedia.length).toBe(1);
  });

  it("is refused with retries switched off", async () => {
    const { mp, tokens, errcodes } = await warm({ retry: false });
    tokens.kill(appid, { replace: true });
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([40001, undefined]);
  });
});

describe("ten callers with a killed token", () => {
  it("force one new token where WeChat goes on answering the killed one", async () => {
    const { mp, tokens, emulator, used } = await warm();
    tokens.kill(appid);
    await Promise.all(Array.from({ length: 10 }, () => countMaterial(mp)));
    expect(callsOf(emulator)).toMatchObject({ stable: 3, forced: 1, api: 21 });
    expect(new Set(used).size).toBe(2);
  });

  it("take one new token, though one of them learns of it after the others", async () => {
    const { emulator } = mpInProcess({}, still);
    const { tokens, clock } = emulator.control;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let holdsNext = false;
    const { mp } = mpInProcess({
      now: clock.now,
      fetch: async (input, init) => {
        const isHeld = holdsNext;
        holdsNext = false;
        const reply = await emulator.fetch(input, init);
        if (isHeld) await released;
        return reply;
      },
    });
    await countMaterial(mp);
    tokens.kill(appid, { replace: true });
    holdsNext = true;
    const late = countMaterial(mp);
    await countMaterial(mp);
    release();
    await late;
    expect(callsOf(emulator)).toMatchObject({ stable: 2, forced: 0, api: 5 });
  });
});

describe("a stable_token that answers the same token that was refused", () => {
  it("is forced to give another, but not twice within 30 seconds", async () => {
    const { mp, tokens, emulator, clock } = await warm();
    tokens.kill(appid);
    await countMaterial(mp);
    expect(callsOf(emulator).forced).toBe(1);
    clock.advance(29_999);
    tokens.kill(appid);
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({
      code: "ERR_MP_API",
      errcode: 40001,
      endpoint: "/cgi-bin/material/get_materialcount",
      message: expect.stringMatching(
        /the same token that it had refused.*secret of wx26e3b4a1c0d9f857 itself.*force_refresh.*try again later/,
      ),
    });
    expect(callsOf(emulator).forced).toBe(1);
    clock.advance(1);
    await countMaterial(mp);
    expect(callsOf(emulator).forced).toBe(2);
  });

  it("is forced 20 times a day, then there is an error, and the next day it is forced again", async () => {
    const { mp, tokens, emulator, clock } = await warm();
    for (let i = 0; i < 20; i++) {
      tokens.kill(appid);
      await countMaterial(mp);
      clock.advance(30_000);
    }
    expect(callsOf(emulator).forced).toBe(20);
    tokens.kill(appid);
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 40001 });
    expect(callsOf(emulator).forced).toBe(20);
    clock.advance(86_400_000 - 20 * 30_000);
    await countMaterial(mp); // another token, as the old one has expired
    tokens.kill(appid);
    await countMaterial(mp);
    expect(callsOf(emulator).forced).toBe(21);
  });

  it("is not forced for a token of the plain kind, which is another each time", async () => {
    const { mp, tokens, emulator } = await warm({ token: "plain" });
    tokens.kill(appid);
    await countMaterial(mp);
    expect(callsOf(emulator)).toEqual({ plain: 2, stable: 0, forced: 0, api: 3 });
  });

  it("is not taken for a plain endpoint that does the same, and cannot be forced", async () => {
    const token = { access_token: "SAME", expires_in: 7200 };
    const { mp, calls } = mpScripted([token, { errcode: 40001, errmsg: "invalid" }, token], {
      secret: credentials.mp.secret,
      token: "plain",
    });
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({ errcode: 40001 });
    expect(error.message).toMatch(
      /the same token.*secret of wx26e3b4a1c0d9f857 itself.*requesting new tokens \(\/cgi-bin\/token/,
    );
    expect(error.message).not.toMatch(/force|getAccessToken/);
    expect(calls.filter(({ path }) => path === "/cgi-bin/token").length).toBe(2);
    expect(calls.length).toBe(3);
  });

  it("and refuses to be forced is an error, in WeChat's own words", async () => {
    const { mp, tokens, faults } = await warm();
    tokens.kill(appid);
    const match = { path: "/cgi-bin/stable_token" };
    faults.add({ kind: "mp-error", errcode: 45009, match, skip: 1 });
    expect(await failure(countMaterial(mp))).toMatchObject({
      errcode: 45009,
      endpoint: "/cgi-bin/stable_token",
    });
  });

  it("costs a call that is refused no more than four token calls", async () => {
    const { mp, tokens, emulator } = await warm();
    tokens.kill(appid);
    await countMaterial(mp);
    tokens.kill(appid);
    const before = callsOf(emulator);
    await failure(countMaterial(mp));
    const after = callsOf(emulator);
    expect(after.stable - before.stable).toBeLessThanOrEqual(4);
    expect(after.api - before.api).toBe(1);
  });
});

describe("a token that is refused for good", () => {
  it("[publish.93] is replaced once for each call, and two different stable ones tell of the one cause left", async () => {
    const { mp, faults, emulator, errcodes } = await warm();
    const match = { path: "/cgi-bin/material/get_materialcount" };
    faults.add({ kind: "mp-error", errcode: 40001, times: 0, match });
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({
      errcode: 40001,
      message: expect.stringMatching(
        /two different tokens.*\/cgi-bin\/token does not affect it.*force_refresh/,
      ),
    });
    expect(error.message).not.toMatch(/the same token|try again later|getAccessToken/);
    expect(errcodes).toEqual([40001, 40001]);
    expect(callsOf(emulator).api).toBe(3);
  });

  it("tells of newer ones of the plain kind where it is one itself", async () => {
    const { mp, faults } = await warm({ token: "plain" });
    const match = { path: "/cgi-bin/material/get_materialcount" };
    faults.add({ kind: "mp-error", errcode: 40001, times: 0, match });
    const { message } = await failure(countMaterial(mp));
    expect(message).toMatch(
      /two different tokens.*secret of wx26e3b4a1c0d9f857 itself.*requesting new tokens \(\/cgi-bin\/token/,
    );
    expect(message).toContain('token: "stable"');
    expect(message).not.toMatch(/force|getAccessToken/);
  });

  it("keeps WeChat's number, text, rid and hint in its error", async () => {
    const errmsg = "access_token expired hint: [TBkgwa0494d106] rid: 6584fd9e-56fbbc7e-310e0214";
    const { mp } = mpScripted([{ errcode: 42001, errmsg }]);
    expect(await failure(countMaterial(mp))).toMatchObject({
      name: "MpApiError",
      errcode: 42001,
      errmsg: "access_token expired",
      hint: "TBkgwa0494d106",
      rid: "6584fd9e-56fbbc7e-310e0214",
      retryable: false,
    });
  });

  it("[publish.92] [publish.93] is told in the words of 媒体API文档, and where another is refused, too, why that may be", async () => {
    for (const [errcode, errmsg] of [
      [42001, "access_token expired"],
      [40001, "invalid credential, access_token is invalid or not latest"],
    ] as const) {
      let taken = 0;
      const getAccessToken = () => `T${++taken}`;
      const { mp, calls } = mpScripted([{ errcode, errmsg }, {}], { getAccessToken });
      await countMaterial(mp);
      const used = calls.map(({ url }) => new URL(url).searchParams.get("access_token"));
      expect(used).toEqual(["T1", "T2"]);
      const { mp: refused } = mpScripted([{ errcode, errmsg }], { getAccessToken });
      expect(await failure(countMaterial(refused))).toMatchObject({
        errcode,
        errmsg,
        message: expect.stringMatching(
          /tokens of another account than .*, or .* each new token invalidates the one before/,
        ),
      });
    }
  });

  it("names the account, whose token it may not be", async () => {
    const { mp } = mpScripted([{ errcode: 40001, errmsg: "invalid credential" }]);
    expect((await failure(countMaterial(mp))).message).toContain(appid);
  });

  it("lets no other error be taken for a refused token", async () => {
    for (const errcode of [40002, 40013, 40125, 41001, 42002, 42007, 48001]) {
      const { mp, calls } = mpScripted([{ errcode, errmsg: "x" }]);
      expect(await failure(countMaterial(mp))).toMatchObject({ errcode });
      expect(calls.length).toBe(1);
    }
  });

  it("may be refused by a ret as well", async () => {
    const { mp, emulator } = await warm();
    const body = { ret: 40001, msg: "invalid credential" };
    emulator.control.faults.add({ kind: "reply-json", body });
    await countMaterial(mp);
    expect(callsOf(emulator).api).toBe(3);
  });
});
