import { describe, expect, it } from "vitest";
import { createMpClient } from "../../../src/index.ts";
import { checkMpClient } from "../../../src/mp-doctor.ts";

async function foundFor(thrown: unknown): Promise<string | undefined> {
  const mp = createMpClient({
    appid: "wx0123456789abcdef",
    getAccessToken: () => Promise.reject(thrown),
    fetch: async () => Response.json({ errcode: 41001, errmsg: "access_token missing" }),
  });
  const { checks } = await checkMpClient(mp);
  return checks.find(({ code }) => code === "token-missing")?.found;
}

describe("checkMpClient says what getAccessToken threw", () => {
  const unreadable = Object.defineProperty(new Error(), "message", {
    get: () => expect.fail("it was read"),
  });
  it.each<[unknown, string]>([
    [new RangeError("no key 0123456789abcdef0123"), "RangeError: no key …"],
    [Object.assign(new Error(), { message: 5 }), "Error: 5"],
    [Object.assign(new Error("x"), { name: Symbol("x") }), "It threw an Error."],
    [unreadable, "It threw an Error."],
    ["the-secret", "It threw a string of 10 characters."],
    [null, "It threw null."],
    [{ code: 5 }, "It threw an object."],
  ])("%#", async (thrown, found) => {
    expect(await foundFor(thrown)).toBe(found);
  });
});
