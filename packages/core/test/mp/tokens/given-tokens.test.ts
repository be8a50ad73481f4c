import { uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../../test/support/media.ts";
import { countMaterial, failure, mpScripted } from "../../../../../test/support/mp.ts";
import { appid, tokenServer } from "../../../../../test/support/token-server.ts";

describe("getAccessToken", () => {
  it("may answer at once, without a promise", async () => {
    const { mp } = mpScripted([{ errcode: 0 }], { getAccessToken: () => "TOKEN" });
    expect(await countMaterial(mp)).toEqual({ errcode: 0 });
  });

  it("is told which token was refused, and the call is repeated with the next", async () => {
    const { mp, emulator, requests, used } = tokenServer();
    await countMaterial(mp);
    emulator.control.tokens.kill(appid);
    await uploadMedia(mp, { type: "image" }, await media("licence.jpg"));
    expect(requests.map(({ rejected }) => rejected)).toEqual([undefined, undefined, used[0]]);
    expect(used[2]).not.toBe(used[0]);
  });

  it("is asked once by ten callers at once", async () => {
    const { mp, requests } = tokenServer();
    await Promise.all(Array.from({ length: 10 }, () => countMaterial(mp)));
    expect(requests.length).toBe(1);
  });

  it("is told once by ten callers that their token was refused, and takes one new one", async () => {
    const { mp, emulator, requests, taken } = tokenServer();
    await countMaterial(mp);
    emulator.control.tokens.kill(appid);
    await Promise.all(Array.from({ length: 10 }, () => countMaterial(mp)));
    expect(requests.filter(({ rejected }) => rejected !== undefined).length).toBe(1);
    expect(taken()).toBe(2);
  });

  it("may be told of another refused token later", async () => {
    const { mp, emulator, requests } = tokenServer();
    for (let i = 0; i < 3; i++) {
      await countMaterial(mp);
      emulator.control.tokens.kill(appid);
    }
    await countMaterial(mp);
    const rejected = requests.flatMap((request) => request.rejected ?? []);
    expect(rejected.length).toBe(3);
    expect(new Set(rejected).size).toBe(3);
  });

  it("that returns the refused token again leads to a clear error", async () => {
    const rejected: (string | undefined)[] = [];
    const { mp, calls } = mpScripted([{ errcode: 40001, errmsg: "invalid credential" }], {
      getAccessToken: (request) => {
        rejected.push(request.rejected);
        return "OLD";
      },
    });
    expect(await failure(countMaterial(mp))).toMatchObject({
      code: "ERR_MP_API",
      errcode: 40001,
      message: expect.stringMatching(
        /the same token that it had refused.*getAccessToken returns tokens of another account than wx26e3b4a1c0d9f857, or.*requests new tokens/,
      ),
    });
    expect(rejected).toEqual([undefined, "OLD"]);
    expect(calls.length).toBe(1);
  });

  it("that returns another account's tokens leads to another error", async () => {
    let number = 0;
    const { mp, calls } = mpScripted([{ errcode: 40001, errmsg: "invalid credential" }], {
      getAccessToken: () => `TOKEN${number++}`,
    });
    const { message } = await failure(countMaterial(mp));
    expect(message).toMatch(
      /two different tokens.*getAccessToken returns tokens of another account than wx26e3b4a1c0d9f857, or.*requests new tokens/,
    );
    expect(message).not.toMatch(/secret|force_refresh/);
    expect(calls.length).toBe(3);
  });

  it("may have had a second token that was refused too: it is told, and the call succeeds with the third", async () => {
    const rejected: (string | undefined)[] = [];
    const held = ["OLD", "STALE", "NEW"];
    const { mp, calls } = mpScripted(
      [
        { errcode: 40001, errmsg: "invalid credential" },
        { errcode: 42001, errmsg: "access_token expired" },
        { image_count: 0 },
      ],
      {
        getAccessToken: (request) => {
          rejected.push(request.rejected);
          return held.shift() ?? "NEW";
        },
      },
    );
    await countMaterial(mp);
    expect(rejected).toEqual([undefined, "OLD", "STALE"]);
    expect(calls.length).toBe(3);
  });

  const rubbish: Record<string, [unknown, string]> = {
    nothing: [undefined, "not undefined"],
    null: [null, "not null"],
    "an empty string": ["", "not an empty string"],
    "a number": [42, "not the number 42"],
    "the whole reply": [{ access_token: "SECRET" }, "not an object"],
    "a string with a line end": ["SECRETSECRET\n", "a string of 13"],
    "a string with a blank": ["Bearer SECRET", "a string of 13"],
    "a page": ["<html>SECRET</html> ", "a string of 20"],
    "a string beyond ASCII": ["SECRET令", "a string of 7"],
    "a string without end": ["S".repeat(5000), "a string of 5000"],
  };
  for (const [what, [value, shown]] of Object.entries(rubbish)) {
    it(`that returns ${what} is told so, without the text`, async () => {
      const { mp, calls } = mpScripted([{}], { getAccessToken: () => value as string });
      const error = await failure(countMaterial(mp));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^getAccessToken must return a token of printable ASCII/);
      expect(error.message).toContain(shown);
      expect(error.message).not.toMatch(/SECRET|SSSS/);
      expect(calls).toEqual([]);
    });
  }

  it("that throws when told of a refused token fails the call with its own error", async () => {
    const reason = new Error("token server down");
    const { mp, calls } = mpScripted([{ errcode: 42001, errmsg: "access_token expired" }], {
      getAccessToken: async ({ rejected }) => {
        if (rejected !== undefined) throw reason;
        return "OLD";
      },
    });
    expect(await failure(countMaterial(mp))).toBe(reason);
    expect(calls.length).toBe(1);
  });
});
