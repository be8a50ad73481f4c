import { type PayApiError, type PayClientOptions, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../test/support/media.ts";
import { payInProcess } from "../../../../test/support/pay.ts";
import vectors from "../../../../test/vectors/keys.json" with { type: "json" };

type Fetch = typeof globalThis.fetch;

/** Uploads through `meddle`, which stands for whatever is between here and WeChat Pay. */
async function refusedUpload(
  options: Partial<PayClientOptions>,
  meddle?: (input: string, init: RequestInit) => Promise<[string, RequestInit]>,
  prepare?: (emulator: ReturnType<typeof payInProcess>["emulator"]) => void,
) {
  const { emulator } = payInProcess();
  prepare?.(emulator);
  const fetch: Fetch = async (input, init = {}) => {
    const [url, changed] = (await meddle?.(input as string, init)) ?? [input as string, init];
    return emulator.fetch(url, changed);
  };
  const { pay } = payInProcess({ fetch, ...options });
  return uploadImage(pay, await media("licence.jpg")).then(
    () => expect.fail("the upload was accepted"),
    (error: PayApiError) => error,
  );
}

/** Rewrites the form's text; the file's bytes survive as latin-1. */
async function rewritten(
  init: RequestInit,
  change: (form: string) => string,
): Promise<RequestInit> {
  const bytes = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  const changed = change(text);
  expect(changed).not.toBe(text);
  return { ...init, body: Uint8Array.from(changed, (character) => character.charCodeAt(0)) };
}

function withHeader(init: RequestInit, change: (headers: Headers) => void): RequestInit {
  const headers = new Headers(init.headers);
  change(headers);
  return { ...init, headers };
}

const certificate = (certificateState: "expired" | "revoked" | "replaced") => {
  return (emulator: ReturnType<typeof payInProcess>["emulator"]) =>
    emulator.control.seed({ merchants: [{ mchid: credentials.pay.mchid, certificateState }] });
};

interface Case {
  error: () => Promise<PayApiError>;
  causes: string[];
  difference?: RegExp;
}

const cases: Record<string, Case> = {
  "a private key of another certificate": {
    error: () => refusedUpload({ privateKey: vectors.keys["rsa.pkcs8"] }),
    causes: ["private-key", "body-changed"],
  },
  "one bit of the meta changed": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url,
        await rewritten(init, (form) => form.replace("licence.jpg", "licencf.jpg")),
      ]),
    causes: ["private-key", "body-changed"],
  },
  "another certificate's serial": {
    error: () => refusedUpload({ serialNo: "0123456789ABCDEF" }),
    causes: ["serial"],
  },
  "a merchant number that is not known": {
    error: () => refusedUpload({ mchid: "1999999999" }),
    causes: ["merchant"],
  },
  "an expired certificate": {
    error: () => refusedUpload({}, undefined, certificate("expired")),
    causes: ["certificate-expired"],
  },
  "a revoked certificate": {
    error: () => refusedUpload({}, undefined, certificate("revoked")),
    causes: ["certificate-revoked"],
  },
  "a replaced certificate": {
    error: () => refusedUpload({}, undefined, certificate("replaced")),
    causes: ["certificate-replaced"],
  },
  "meta written anew by a proxy": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url,
        await rewritten(init, (form) => form.replace('","sha256"', '", "sha256"')),
      ]),
    causes: ["body-changed"],
    difference: /The length differs: \d+ bytes were signed, the server saw \d+/,
  },
  "meta that begins otherwise": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url,
        await rewritten(init, (form) => form.replace('{"filename"', '{ "filename"')),
      ]),
    causes: ["body-changed"],
    difference: /The body differs: "\{\\"filena" was signed, the server saw "\{ \\"filen"/,
  },
  "meta turned into a file": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url,
        await rewritten(init, (form) => form.replace('name="meta"', 'name="meta"; filename="m"')),
      ]),
    causes: ["body-missing"],
    difference: /the server saw ""/,
  },
  "a path rewritten by a proxy": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url.replace("/v3/merchant/media/upload", "/v3/marketing/favor/media/image-upload"),
        init,
      ]),
    causes: ["path-changed"],
    difference: /"\/v3\/merchant\/media\/upload" was signed, the server saw "\/v3\/marketing/,
  },
  "a query added by a proxy": {
    error: () => refusedUpload({}, async (url, init) => [`${url}?trace=1`, init]),
    causes: ["query-changed"],
    difference: /the server saw "\/v3\/merchant\/media\/upload\?trace=1"/,
  },
  "a nonce changed on the way": {
    error: () =>
      refusedUpload({ nonce: () => "abc" }, async (url, init) => [
        url,
        withHeader(init, (headers) => {
          const value = headers.get("authorization") ?? "";
          headers.set("authorization", value.replace('"abc"', '"abd"'));
        }),
      ]),
    causes: ["authorization-changed"],
    difference: /The nonce differs: "abc" was signed, the server saw "abd"/,
  },
  "an Authorization header cut short": {
    error: () =>
      refusedUpload({}, async (url, init) => [
        url,
        withHeader(init, (headers) => {
          headers.set("authorization", (headers.get("authorization") ?? "").slice(0, 80));
        }),
      ]),
    causes: ["authorization-changed"],
  },
};

describe("a refused signature is explained", () => {
  for (const [what, { error, causes, difference }] of Object.entries(cases)) {
    it(what, async () => {
      const refused = await error();
      expect(refused).toMatchObject({ status: 401, apiCode: "SIGN_ERROR" });
      expect(refused.explanation?.causes).toEqual(causes);
      if (difference === undefined) expect(refused.explanation?.difference).toBeUndefined();
      else expect(refused.explanation?.difference).toMatch(difference);
      expect(refused.message).toContain(refused.explanation?.text);
    });
  }

  it("lists both causes where the reply fits either", async () => {
    const { explanation } = await refusedUpload({ privateKey: vectors.keys["rsa.pkcs8"] });
    expect(explanation?.server).toBe(explanation?.signed);
    expect(explanation?.serverLength).toBe(explanation?.signedLength);
    expect(explanation?.text).toMatch(
      /same as what was signed, and has the same length\. Possible causes: privateKey.*body/,
    );
  });

  it("reads the documented form of the detail too", async () => {
    const { emulator } = payInProcess({}, { signErrorForm: "documented" });
    const { pay } = payInProcess({ fetch: emulator.fetch, privateKey: vectors.keys["rsa.pkcs8"] });
    const error: PayApiError = await uploadImage(pay, await media("licence.jpg")).then(
      () => expect.fail("the upload was accepted"),
      (refused: PayApiError) => refused,
    );
    expect(error.explanation?.server).toBe(error.explanation?.signed);
  });

  it("never throws on a detail of another form, and explains nothing that is no signature", async () => {
    const details: unknown[] = [
      null,
      [],
      "text",
      { sign_information: null },
      { sign_information: { truncated_sign_message: "", sign_message_length: "" } },
      { sign_information: { truncated_sign_message: 5, sign_message_length: { toString: 1 } } },
      { sign_information: { truncated_sign_message: "POST\n", sign_message_length: [] } },
    ];
    for (const detail of details) {
      for (const code of ["SIGN_ERROR", "ACCESS_DENIED"]) {
        const reply = { code, message: "签名错误", detail };
        const { pay } = payInProcess({ fetch: async () => Response.json(reply, { status: 401 }) });
        const error: PayApiError = await payRequest(pay, { method: "GET", path: "/v3/x" }).then(
          () => expect.fail("the call was accepted"),
          (refused: PayApiError) => refused,
        );
        expect(error).toMatchObject({ code: "ERR_PAY_API", apiCode: code });
        expect(error.explanation?.difference).toBeUndefined();
        expect(error.explanation === undefined).toBe(code !== "SIGN_ERROR");
      }
    }
  });

  it("shows 8 bytes of the body and no more", async () => {
    const { pay } = payInProcess({ privateKey: vectors.keys["rsa.pkcs8"] });
    const body = { secret: "a name that must not be logged" };
    const call = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
    const error: PayApiError = await payRequest(pay, call).then(
      () => expect.fail("the call was accepted"),
      (refused: PayApiError) => refused,
    );
    expect(error.explanation?.signed.split("\n").slice(4)).toEqual(['{"secret', ""]);
    expect(JSON.stringify(error) + error.message).not.toContain("must not be logged");
  });
});
