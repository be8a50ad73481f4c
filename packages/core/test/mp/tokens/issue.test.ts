import { expect, it } from "vitest";
import type { Fetch } from "../../../src/http/fetch-type.ts";
import { createTransport } from "../../../src/http/transport.ts";
import { issueToken, isToken, readToken } from "../../../src/mp/tokens/issue.ts";

/** What is sent for a token. */
async function sent(kind: "stable" | "plain", force: boolean) {
  const requests: unknown[] = [];
  const fetch: Fetch = async (url, init) => {
    const type = new Headers(init?.headers).get("content-type");
    const text = await new Response(init?.body as BodyInit).text();
    requests.push({
      url,
      method: init?.method,
      type,
      body: text === "" ? undefined : JSON.parse(text),
    });
    return Response.json({ access_token: "T", expires_in: 7200 });
  };
  const gateway = { baseUrl: "https://api.weixin.qq.com", transport: createTransport({ fetch }) };
  const token = await issueToken(gateway, { appid: "wx1", secret: "s", kind }, force);
  expect(token).toEqual({ value: "T", lifetime: 7200 });
  return requests;
}

it("a stable token is asked for in JSON, a new one by force_refresh", async () => {
  const call = {
    url: "https://api.weixin.qq.com/cgi-bin/stable_token",
    method: "POST",
    type: "application/json",
  };
  const body = { grant_type: "client_credential", appid: "wx1", secret: "s" };
  expect(await sent("stable", false)).toEqual([{ ...call, body }]);
  expect(await sent("stable", true)).toEqual([{ ...call, body: { ...body, force_refresh: true } }]);
});

it("a plain token is asked for in the query", async () => {
  const [request] = (await sent("plain", true)) as { url: string }[];
  const { origin, pathname, searchParams } = new URL(request?.url ?? "");
  expect(origin + pathname).toBe("https://api.weixin.qq.com/cgi-bin/token");
  expect(Object.fromEntries(searchParams)).toEqual({
    grant_type: "client_credential",
    appid: "wx1",
    secret: "s",
  });
  expect(request).toMatchObject({ method: "GET", type: null, body: undefined });
});

it("a token is up to 4096 characters of ASCII without blanks", () => {
  for (const token of ["!", "~", "a".repeat(4096)]) expect(isToken(token)).toBe(true);
  for (const none of [
    "",
    " a",
    "a ",
    "a b",
    "é",
    "\u007f",
    "a\n",
    "a".repeat(4097),
    5,
    null,
    ["a"],
  ]) {
    expect(isToken(none)).toBe(false);
  }
});

it.each([
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "",
  "0",
  "soon",
  null,
  undefined,
  [7200],
  true,
])("a lifetime is not %j", (expires_in) => {
  expect(() => readToken({ access_token: "T", expires_in }, "/x")).toThrow(
    expect.objectContaining({
      code: "ERR_REPLY",
      status: 200,
      message: expect.stringMatching(
        /^The reply to \/x has expires_in .*, which must be a number of seconds above 0\.$/,
      ),
    }),
  );
});

it("a lifetime may be a text of digits, and the token in another field", () => {
  expect(readToken({ access_token: "T", expires_in: "0.5" }, "/x").lifetime).toBe(0.5);
  expect(readToken({ ticket: "T", expires_in: 1 }, "/x", "ticket")).toEqual({
    value: "T",
    lifetime: 1,
  });
  for (const [reply, field] of [
    [{ expires_in: 1 }, undefined],
    [{ access_token: "T", expires_in: 1 }, "ticket"],
  ] as const) {
    expect(() => readToken(reply, "/x", field)).toThrow(
      expect.objectContaining({
        code: "ERR_REPLY",
        status: 200,
        message: `The reply to /x has no ${field ?? "access_token"}.`,
      }),
    );
  }
});
