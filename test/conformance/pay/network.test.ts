import { createUrlSource, payRequest } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { payInProcess, payOverHttp } from "../../support/pay.ts";
import { replyFaults } from "../../support/reply-faults.ts";

/** The emulator holds a standing fault for each of these names. */
async function uploadNamed(name: string) {
  const tries: (number | undefined)[] = [];
  const pay = payOverHttp({ onAttempt: ({ status }) => tries.push(status) });
  const upload = uploadImage(pay, renamed(await media("licence.jpg"), name));
  const outcome: unknown = await upload.catch((error: unknown) => error);
  return { outcome, tries };
}

describe("a broken connection over HTTP is tried again, then a NetworkError", () => {
  for (const name of ["cut-before.jpg", "cut-headers.jpg", "cut-body.jpg", "truncated.jpg"]) {
    it(name, async () => {
      const { outcome, tries } = await uploadNamed(name);
      expect(outcome).toMatchObject({ name: "NetworkError", code: "ERR_NETWORK" });
      expect(tries.length).toBe(3);
    });
  }
});

it("what differs from the same process is what the table says", async () => {
  const { overHttp } = replyFaults["a truncated reply, for ever"] ?? expect.fail();
  const { outcome, tries } = await uploadNamed("truncated.jpg");
  expect({ code: (outcome as { code: string }).code, requests: tries.length }).toEqual(overHttp);
});

describe("over HTTP", () => {
  it("a redirect is not followed", async () => {
    const { outcome } = await uploadNamed("redirect.jpg");
    // A browser hides why a request with redirect: "error" failed.
    expect(["ERR_REPLY", "ERR_NETWORK"]).toContain((outcome as { code: string }).code);
  });

  it("a reply larger than 1 MiB is refused", async () => {
    const { outcome, tries } = await uploadNamed("oversize.jpg");
    expect(outcome).toMatchObject({
      code: "ERR_REPLY",
      message: expect.stringContaining("1048576"),
    });
    expect(tries.length).toBe(1);
  });

  it("a busy server is tried again", async () => {
    const { outcome, tries } = await uploadNamed("busy.jpg");
    expect(outcome).toMatchObject({ code: "ERR_PAY_API", status: 500 });
    expect(tries).toEqual([500, 500, 500]);
  });

  it("an unsigned reply is refused", async () => {
    const { outcome, tries } = await uploadNamed("unsigned.jpg");
    expect(outcome).toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
    expect(tries).toEqual([200]);
  });

  it("HTML is refused", async () => {
    const { outcome } = await uploadNamed("portal.jpg");
    expect(outcome).toMatchObject({ code: "ERR_REPLY", status: 403 });
  });

  it("nobody listening is a NetworkError", async () => {
    const pay = payOverHttp({ baseUrl: "http://127.0.0.1:9", retry: false });
    const upload = uploadImage(pay, await media("licence.jpg"));
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
  });
});

describe("a proxy that wants credentials", () => {
  const nameless = new Error("");
  for (const [what, error] of Object.entries({
    "Node's fetch, to a 407": new TypeError("fetch failed", { cause: nameless }),
    "undici's fetch, to a 407": new TypeError("fetch failed", {
      cause: new Error("proxy authentication required"),
    }),
    "undici's ProxyAgent": new TypeError("fetch failed", {
      cause: new Error("Proxy response (407) !== 200 when HTTP Tunneling"),
    }),
    Deno: new TypeError(
      "error sending request for url (https://api.mch.weixin.qq.com/v3/a): client error (Connect): tunnel error: proxy authorization required",
    ),
    Bun: new Error("ProxyAuthenticationRequired fetching https://api.mch.weixin.qq.com/v3/a"),
    curl: "Received HTTP code 407 from proxy after CONNECT; Proxy Authentication Required",
  })) {
    it(`is named, and asked once: ${what}`, async () => {
      let requests = 0;
      const { pay, pauses } = payInProcess({
        fetch: () => {
          requests += 1;
          return Promise.reject(error);
        },
      });
      const file = await media("licence.jpg");
      const refused = {
        code: "ERR_REPLY",
        status: 407,
        retryable: false,
        message: expect.stringContaining("asks for a user name and a password"),
      };
      await expect(uploadImage(pay, file)).rejects.toMatchObject(refused);
      const read = payRequest(pay, { method: "GET", path: "/v3/a" });
      await expect(read).rejects.toMatchObject(refused);
      const write = payRequest(pay, { method: "POST", path: "/v3/a", body: {} });
      await expect(write).rejects.toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: refused });
      expect([requests, pauses]).toEqual([3, []]);
      const source = createUrlSource("https://cdn.example/a.jpg", {
        fetch: () => Promise.reject(error),
        retry: { minDelay: 1e9, maxDelay: 1e9 },
      });
      await expect(source).rejects.toMatchObject({ code: "ERR_REPLY", status: 407 });
    });
  }

  for (const [what, error] of Object.entries({
    "a port of that number": new TypeError("fetch failed", {
      cause: new Error("connect ECONNREFUSED proxy.internal:407"),
    }),
    "a URL of that number": new TypeError(
      "error sending request for url (https://proxy.example/authenticate/407): reset",
    ),
    "two addresses that refuse": new TypeError("fetch failed", {
      cause: Object.assign(new Error(""), { code: "ECONNREFUSED" }),
    }),
    "a cause without a message, of another fetch": new Error("lost", { cause: nameless }),
  })) {
    it(`is not ${what}`, async () => {
      const { pay } = payInProcess({ fetch: () => Promise.reject(error) });
      const upload = uploadImage(pay, await media("licence.jpg"));
      await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
    });
  }
});
