// What operations are told, where it is something else or misspelt: told in words, and nothing is sent.

import { createHasher, isWechatError, mpRequest, payRequest } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { operations, refusal } from "../../support/all-operations.ts";
import { expectWords, notGiven, revoked, valuesBut } from "../../support/misuse.ts";
import { failure, mpInProcess } from "../../support/mp.ts";
import { payInProcess } from "../../support/pay.ts";

describe("an object that contains itself", () => {
  it("is told so where JSON or a query is made of it", async () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop["loop"] = loop;
    for (const [name, operation, half] of operations) {
      if (typeof operation.input !== "object" || operation.input === null) continue;
      const error = await refusal(operation, half, { input: loop });
      expect([name, error.message]).not.toContain(/call stack/);
      expectWords(error);
    }
    const { mp } = mpInProcess();
    const { pay } = payInProcess();
    const query = loop as never;
    for (const call of [
      mpRequest(mp, { method: "GET", path: "/cgi-bin/a", query }),
      payRequest(pay, { method: "GET", path: "/v3/a", query }),
    ]) {
      expectWords(await failure(call), "query.loop must be a string, a finite number or a boolean");
    }
  });
});

describe("a hasher whose digest was called", () => {
  it("takes no more bytes, in the same words in every runtime", async () => {
    for (const algorithm of ["SHA-1", "SHA-256"] as const) {
      const hasher = createHasher(algorithm);
      await hasher.digest();
      const told = `digest() was called before, so this ${algorithm} takes no more bytes.`;
      expect(() => hasher.update(new Uint8Array(1))).toThrow(told);
      await expect(hasher.digest()).rejects.toThrow(told);
    }
  });
});

describe("headers without a signature", () => {
  it("are told so where they are a Map, whose get returns undefined", async () => {
    const { pay } = payInProcess();
    for (const headers of [new Map([["wechatpay-nonce", "n"]]), { get: () => ["n"] }]) {
      const reply = { status: 200, headers, body: new Uint8Array(0) } as never;
      const error = await failure(pay.verify(reply));
      expect(error).toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
    }
  });
});

describe("isWechatError", () => {
  it("answers false for what throws at every look, so that a catch block goes on", () => {
    expect(isWechatError(revoked())).toBe(false);
    expect(isWechatError(Object.defineProperty({}, "name", { get: () => expect.fail() }))).toBe(
      false,
    );
  });
});

describe("a fetch of one's own", () => {
  it("that returns no Response is told so", async () => {
    for (const [value, named] of [...valuesBut("promise"), notGiven]) {
      const error = await answeredBy(value);
      expect(error.message).toMatch(/^fetch must return a Response /);
      expect(error.message).toMatch(named);
    }
  });

  it("that returns what is like a Response is told what it lacks", async () => {
    const good = { status: 200, headers: new Headers(), body: null };
    for (const lack of [{ status: "200" }, { headers: {} }, { headers: null }]) {
      const error = await answeredBy({ ...good, ...lack });
      expect(error.message).toContain("headers.get(name), not an object.");
    }
    for (const [body, named] of valuesBut()) {
      if (body === null) continue; // no body
      const error = await answeredBy({ ...good, body });
      expect(error.message).toMatch(/must return a Response with a web stream of bytes /);
      expect(error.message).toMatch(named);
    }
  });

  async function answeredBy(response: unknown): Promise<Error> {
    const { mp } = mpInProcess({ fetch: (async () => response) as never, retry: false });
    const error = await failure(mpRequest(mp, { method: "GET", path: "/cgi-bin/a" }));
    expect(error.name).toBe("TypeError");
    return error;
  }
});
