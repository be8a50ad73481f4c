// What tests see of the library is searched: a secret that is planted there is found.

import { type Attempt, NetworkError, payRequest, type SharedOptions } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { MpApiError } from "../../../packages/core/src/mp/errors.ts";
import { foreignKeys } from "../certificate.ts";
import { countMaterial, failure, mpInProcess, mpScripted } from "../mp.ts";
import { payInProcess } from "../pay.ts";
import { currentWatch, see, seeAttempts, seeJournal } from "./see.ts";

/** What was found; nothing is left of it for the end of the test. */
const found = (): string[] | undefined => currentWatch()?.search().leaks;

describe("a secret is found in", () => {
  const places: Readonly<Record<string, (shown: string) => unknown>> = {
    "the message of an error": (shown) => new NetworkError(`It broke: ${shown}.`),
    "the cause of an error": (shown) => new NetworkError("Broken.", { cause: new Error(shown) }),
    "the stack of a cause": (shown) => {
      const cause = new Error("It broke.");
      cause.stack = `Error: ${shown}\n    at fetch`;
      return new NetworkError("Broken.", { cause });
    },
    "a field of an error": (shown) =>
      new MpApiError({ errcode: 1, errmsg: "no", endpoint: "/x", rid: shown }),
    "an error that another did not replace": (shown) => [
      new MpApiError({ errcode: 1, errmsg: shown, endpoint: "/x" }),
      new MpApiError({ errcode: 2, errmsg: "***", endpoint: "/x" }),
    ],
    "what a call failed with": (shown) => failure(Promise.reject(new TypeError(`not ${shown}`))),
    "an attempt": (shown) =>
      seeAttempts<SharedOptions>({}).onAttempt?.({ requestId: shown } as Attempt),
    "a state that is kept": (shown) => JSON.stringify({ v: 2, appid: "wx1", job: shown }),
    "a state that is read": (shown) => JSON.parse(`{"v":2,"appid":"wx1","read":"${shown}"}`),
    "a journal": (shown) => seeJournal({ entries: () => [{ path: `/x?${shown}` }] }),
  };
  it.each(Object.entries(places))("%s", async (_, plant) => {
    await plant("nothing");
    expect(found()).toEqual([]);
    await plant(credentials.mp.secret);
    expect(found()).toContainEqual(expect.stringMatching(/^an AppSecret, as it is, in an? \w+/));
  });
});

describe("a secret of a test's own is found:", () => {
  it("a token that a client got", async () => {
    const { mp, used } = mpInProcess({}, { tokenLength: 64 });
    await countMaterial(mp);
    see("an error", `bad token: ${used[0]}`);
    expect(found()).toEqual(["access_token, as it is, in an error"]);
  });

  it("an AppSecret that a client sent", async () => {
    const secret = "anotherSecretOfTheTest0";
    const { mp } = mpInProcess({ secret });
    await failure(countMaterial(mp));
    see("an error", `bad secret: ${secret}`);
    expect(found()).toEqual(["secret, as it is, in an error"]);
  });

  it("a private key and an APIv3 key that were imported", async () => {
    const { privateKey } = await foreignKeys();
    const { pay } = payInProcess({ privateKey });
    await failure(payRequest(pay, { method: "GET", path: "/v3/certificates" }));
    see("an error", privateKey.split("\n")[8]);
    const apiV3Key = "anotherApiV3KeyOfTheTest00000000";
    await crypto.subtle.importKey("raw", Buffer.from(apiV3Key), "AES-GCM", false, ["decrypt"]);
    see("another error", apiV3Key);
    expect(found()).toEqual([
      "a private key, as it is, in an error",
      "an APIv3 key, as it is, in another error",
    ]);
  });
});

it("an error that was made once more, without the secret, was not handed out", async () => {
  const { secret } = credentials.mp;
  const { mp } = mpScripted([{ errcode: 40125, errmsg: `bad secret ${secret}` }], { secret });
  expect((await failure(countMaterial(mp))).message).toContain("***");
  expect(found()).toEqual([]);
});
