import { expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  createMpClient,
  type MpRequest,
  type MpRequestOptions,
  mpRequest,
} from "../../src/index.ts";

const mp = createMpClient({
  appid: "wx1",
  getAccessToken: () => "T",
  fetch: () => expect.fail("It was sent."),
});
const GET = { method: "GET", path: "/cgi-bin/x" };
const refused = (request: unknown, options?: unknown) =>
  failure(mpRequest(mp, request as MpRequest, options as MpRequestOptions));

it.each([undefined, null, "GET", 5])("a request is an object, not %j", async (request) => {
  const error = await refused(request);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toMatch(/^mpRequest needs \{ method, path \}, not /);
});

it("a path is a text, whatever its text is", async () => {
  for (const path of [["/cgi-bin/x"], { toString: () => "/cgi-bin/x" }]) {
    expect((await refused({ ...GET, path })).message).toMatch(
      /^path must be a path without a query/,
    );
  }
});

it("options are checked by their names and kinds", async () => {
  expect((await refused(GET, null)).message).toMatch(/^The options of mpRequest must be an object/);
  expect((await refused(GET, { retryUnknown: "yes" })).message).toMatch(
    /^retryUnknown must be true/,
  );
  expect((await refused(GET, { signal: {} })).message).toMatch(/^signal must be an AbortSignal/);
  expect((await refused(GET, { retryUnknwon: true })).message).toBe(
    "mpRequest has no option retryUnknwon. Did you mean retryUnknown?",
  );
});
