import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { payOverHttp } from "../../support/pay.ts";

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
