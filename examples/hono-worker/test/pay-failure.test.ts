import { describe, expect, it, vi } from "vitest";
import type { Bindings } from "../src/bindings.ts";
import worker from "../src/index.ts";
import { contentDigest, emulatorBindings, TOKEN, upload } from "./call-worker.ts";
import { addFault } from "./emulator.ts";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]);

/** Uploads to a Worker of which some secrets are replaced. */
async function uploadWith(bindings: Partial<Bindings>): Promise<Response> {
  const request = new Request("http://worker.example/images?name=bindings.jpg", {
    method: "POST",
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      "Content-Length": String(JPEG.byteLength),
      "Content-Digest": await contentDigest(JPEG),
    },
    body: JPEG,
  });
  return worker.fetch(request, { ...emulatorBindings(), ...bindings });
}

describe("when WeChat Pay fails", () => {
  it.each([
    ["is out of service", { kind: "system-error" }, 503, "5", { apiCode: "SYSTEMERROR" }],
    ["is busy", { kind: "too-fast", retryAfter: 60 }, 503, "60", { code: "ERR_PAY_API" }],
    ["has reached the daily quota", { kind: "quota" }, 503, null, { code: "ERR_PAY_API" }],
    ["forbids it", { kind: "no-auth" }, 502, null, { apiCode: "NO_AUTH" }],
    ["does not sign its reply", { kind: "missing-signature" }, 502, null, { reason: "missing" }],
    ["sends a HTML page", { kind: "html" }, 502, null, { code: "ERR_REPLY" }],
    ["closes the connection", { kind: "cut" }, 502, null, { code: "ERR_NETWORK" }],
  ])("because it %s, the answer says so", async (what, fault, status, retryAfter, expected) => {
    const name = `${what.replaceAll(" ", "-")}.jpg`;
    await addFault(name, fault);
    const reply = await upload("images", name, JPEG, "right");
    expect(reply.status).toBe(status);
    expect(reply.headers.get("Retry-After")).toBe(retryAfter);
    const { error } = await reply.json<{ error: Record<string, unknown> }>();
    expect(error).toMatchObject(expected);
    if (error["apiCode"] !== undefined) expect(error["requestId"]).toMatch(/./);
  });

  it("because the credentials are wrong, the answer carries WeChat's code and request id", async () => {
    const reply = await uploadWith({ SERIAL_NO: "1234567890ABCDEF" });
    expect(reply.status).toBe(502);
    const { error } = await reply.json<{ error: Record<string, unknown> }>();
    expect(error).toMatchObject({ code: "ERR_PAY_API", apiCode: "SIGN_ERROR" });
    expect(error["requestId"]).toMatch(/./);
  });
});

describe("when the Worker is not set up", () => {
  it.each([
    ["PRIVATE_KEY", { PRIVATE_KEY: "" }, /wrangler secret put PRIVATE_KEY/],
    ["UPLOAD_TOKEN", { UPLOAD_TOKEN: "" }, /wrangler secret put UPLOAD_TOKEN/],
    ["PRIVATE_KEY, a path", { PRIVATE_KEY: "apiclient_key.pem" }, /privateKey is a path or URL/],
    ["SERIAL_NO, malformed", { SERIAL_NO: "none" }, /serialNo must be the serial number/],
  ])("the answer is a 500 that names the secret: %s", async (_, bindings, message) => {
    const reply = await uploadWith(bindings);
    expect(reply.status).toBe(500);
    const { error } = await reply.json<{ error: Record<string, unknown> }>();
    expect(error).toMatchObject({ code: "ERR_CONFIGURATION" });
    expect(error["message"]).toMatch(message);
  });

  it("neither answer nor log shows a private key that was set under another name", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { PRIVATE_KEY } = emulatorBindings();
    const secret = PRIVATE_KEY.split("\n")[1] ?? "";
    for (const name of ["MCHID", "SERIAL_NO", "PLATFORM_KEY_ID", "PLATFORM_KEY", "PAY_BASE_URL"]) {
      const reply = await uploadWith({ [name]: PRIVATE_KEY });
      expect(reply.status).toBe(500);
      expect(await reply.text()).not.toContain(secret);
    }
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});
