// What a client is made of, where it is something else: told in words that name the option and what was given.

import { createMpClient, createPayClient, mpRequest, payRequest } from "@wechat-edge/core";
import { createMpPlatform } from "@wechat-edge/core/mp-platform";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import {
  expectHidden,
  expectWords,
  notGiven,
  notPlain,
  thrownBy,
  valuesBut,
  type WrongValue,
} from "../../../../test/support/misuse.ts";
import { failure } from "../../../../test/support/mp.ts";

const { mchid, serialNo, privateKey, platformKeys, apiV3Key } = credentials.pay;
const PAY = { mchid, serialNo, privateKey, platformKeys, apiV3Key };
const PEM = privateKey;

interface ClientCase {
  readonly make: (options: unknown) => object;
  readonly good: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly wrong: Readonly<Record<string, readonly WrongValue[]>>;
  readonly misspelt: Readonly<Record<string, string>>;
}

/** What both take. */
const SHARED: ClientCase["wrong"] = {
  fetch: valuesBut("function"),
  now: valuesBut("function"),
  sleep: valuesBut("function"),
  onAttempt: valuesBut("function"),
  onStoreError: valuesBut("function"),
  baseUrl: valuesBut(),
  timeout: [...valuesBut("number"), [0, /not 0/], [Number.NaN, /not NaN/], ["5s", /not "5s"/]],
  retry: [...valuesBut("object"), ["no", /not "no"/]],
};

const clients: Readonly<Record<string, ClientCase>> = {
  createPayClient: {
    make: (options) => createPayClient(options as never),
    good: PAY,
    required: ["mchid", "serialNo", "privateKey"],
    wrong: {
      ...SHARED,
      mchid: valuesBut(),
      serialNo: valuesBut(),
      privateKey: valuesBut(),
      platformKeys: valuesBut("array"),
      apiV3Key: valuesBut(),
      certificateCache: valuesBut(),
      region: [...valuesBut(), ["moon", /"mainland" or "global", not "moon"/]],
      nonce: valuesBut("function"),
      certificatePath: valuesBut(),
      certificateIssuer: valuesBut(),
    },
    misspelt: {
      mchID: "mchid",
      serialno: "serialNo",
      serial_no: "serialNo",
      private_key: "privateKey",
      privatekey: "privateKey",
      PlatformKeys: "platformKeys",
      platformKey: "platformKeys",
      apiv3Key: "apiV3Key",
      api_v3_key: "apiV3Key",
      baseURL: "baseUrl",
      retries: "retry",
      timeOut: "timeout",
    },
  },
  createMpClient: {
    make: (options) => createMpClient(options as never),
    good: { ...credentials.mp },
    required: ["appid"],
    wrong: {
      ...SHARED,
      appid: valuesBut(),
      secret: valuesBut(),
      token: [...valuesBut(), ["Stable", /"stable" or "plain", not "Stable"/]],
      getAccessToken: valuesBut("function"),
      tokenStore: valuesBut(),
      fileBaseUrl: valuesBut(),
      messageToken: [
        ...valuesBut(),
        ["", /not an empty string/],
        ["ab", /3 to 32 letters and digits, not a string of 2/],
        ["a".repeat(33), /not a string of 33/],
        ["a token", /not a string of 7/],
      ],
      encodingAESKey: [
        ...valuesBut(),
        ["", /not an empty string/],
        ["a".repeat(42), /43 letters and digits, not a string of 42/],
        [`${"a".repeat(43)}=`, /not a string of 44/],
        [`${"a".repeat(42)}-`, /not a string of 43/],
        [[undefined], /not an array of 1/],
        [["a".repeat(43), undefined], /not undefined/],
        [["a".repeat(43), "a"], /not a string of 1 characters/],
      ],
      messageAppid: valuesBut(),
    },
    misspelt: {
      appId: "appid",
      app_id: "appid",
      Secret: "secret",
      tokenStor: "tokenStore",
      token_store: "tokenStore",
      getAccesToken: "getAccessToken",
      filebaseUrl: "fileBaseUrl",
      retries: "retry",
      onAttempts: "onAttempt",
      MessageToken: "messageToken",
      encodingAesKey: "encodingAESKey",
      encoding_aes_key: "encodingAESKey",
      messageAppId: "messageAppid",
    },
  },
  createMpPlatform: {
    make: (options) => createMpPlatform(options as never),
    good: { ...credentials.platform },
    required: ["component_appid", "component_appsecret"],
    wrong: {
      ...SHARED,
      component_appid: valuesBut(),
      component_appsecret: valuesBut(),
      messageToken: valuesBut(),
      encodingAESKey: valuesBut("array"),
      tokenStore: valuesBut(),
      onRefreshToken: valuesBut("function"),
    },
    misspelt: {
      componentAppid: "component_appid",
      component_appId: "component_appid",
      component_appSecret: "component_appsecret",
      message_token: "messageToken",
      encodingAesKey: "encodingAESKey",
      encoding_aes_key: "encodingAESKey",
      token_store: "tokenStore",
      onRefreshTokens: "onRefreshToken",
    },
  },
};

for (const [name, { make, good, required, wrong, misspelt }] of Object.entries(clients)) {
  describe(name, () => {
    it("works with these options, and lets names pass that it does not know", () => {
      const others = { app_secret: "x", log: true, name: "shop", path: "/v3", keyFile: "a.pem" };
      expect(make({ ...good, ...others })).toBeTypeOf("object");
    });

    it("needs an object of options, and says what was given", () => {
      const text: WrongValue = ["1900007291", /not a string of 10 characters/];
      for (const [options, named] of [...valuesBut("object"), ...notPlain, notGiven, text]) {
        const error = thrownBy(() => make(options));
        expectWords(error, `${name} needs { ${required.join(", ")}`, named);
        expect(error).toBeInstanceOf(TypeError);
      }
    });

    for (const option of required) {
      it(`needs ${option}`, () => {
        const missing = thrownBy(() => make({ ...good, [option]: undefined }));
        expectWords(missing, new RegExp(`^${option} must be .* not undefined\\.$`));
        expect(missing).toBeInstanceOf(TypeError);
        const { [option]: _, ...without } = good;
        expect(thrownBy(() => make(without)).message).toBe(missing.message);
      });
    }

    for (const [option, values] of Object.entries(wrong)) {
      it(`says what ${option} must be, and what was given`, () => {
        for (const [value, named] of values) {
          const secret = option === "getAccessToken" ? { secret: undefined } : {};
          const error = thrownBy(() => make({ ...good, ...secret, [option]: value }));
          expectWords(error, new RegExp(`^${option} must be `), named);
        }
      });
    }

    it("tells a misspelt option, and which was meant", () => {
      for (const [given, meant] of Object.entries(misspelt)) {
        const error = thrownBy(() => make({ ...good, [given]: "x" }));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toBe(`${name} has no option ${given}. Did you mean ${meant}?`);
      }
    });

    it("never shows a string that may be a key", () => {
      const hex = `${apiV3Key}${apiV3Key} `;
      for (const option of Object.keys(wrong)) {
        // What is a key is taken as one there.
        for (const text of option === "privateKey" ? [hex] : [hex, `${PEM} `]) {
          const error = thrownBy(() => make({ ...good, [option]: text }));
          expectHidden(error, text);
        }
      }
    });
  });
}

describe("the option retry", () => {
  const error = (retry: unknown) =>
    thrownBy(() => createMpClient({ ...credentials.mp, retry: retry as never }));

  it("says which fields it has, and what each must be", () => {
    expectWords(
      error({ retries: 5 }),
      "retry has no retries; it has attempts, minDelay, maxDelay.",
    );
    const counts: WrongValue[] = [
      [0, /not 0/],
      [1.5, /not 1\.5/],
      ["3", /not "3"/],
    ];
    for (const [retry, named] of notPlain) {
      expectWords(error(retry), "retry must be { attempts, minDelay, maxDelay } or false", named);
    }
    for (const [attempts, named] of [...valuesBut("number"), ...counts]) {
      expectWords(error({ attempts }), "retry.attempts must be a whole number", named);
    }
    const delays: WrongValue[] = [
      [-1, /not -1/],
      ["3", /not "3"/],
      [Number.NaN, /not NaN/],
    ];
    for (const [minDelay, named] of [...valuesBut("number"), ...delays]) {
      expectWords(error({ minDelay }), "retry.minDelay and retry.maxDelay must be milli", named);
    }
  });
});

describe("the option platformKeys", () => {
  const platformKeyId = "PUB_KEY_ID_1";
  const error = (one: unknown) =>
    thrownBy(() => createPayClient({ ...PAY, platformKeys: [one] } as never));

  it("says what each of them must be", () => {
    for (const [one, named] of [...valuesBut("object"), [PEM, /not a string of/] as const]) {
      expectWords(error(one), "platformKeys needs objects { platformKeyId, key }", named);
    }
    for (const [id, named] of [...valuesBut(), notGiven]) {
      expectWords(
        error({ platformKeyId: id, key: PEM }),
        "platformKeyId must be PUB_KEY_ID_",
        named,
      );
    }
    for (const [key, named] of [...valuesBut(), notGiven]) {
      expectWords(error({ platformKeyId, key }), "PUB_KEY_ID_1 must be a PEM string", named);
    }
    expectHidden(error(PEM), PEM);
  });
});

describe("a callback that returns something else", () => {
  it("now: is told so, and nothing is sent", async () => {
    const others: WrongValue[] = [
      [new Date(), /not a Date/],
      ["2026-01-01", /not "2026-01-01"/],
      [Number.NaN, /not NaN/],
      [5n, /not 5/],
    ];
    const wrong = [...valuesBut("number"), notGiven, ...others];
    for (const [value, named] of wrong) {
      const { fetch, control } = createEmulator();
      const options = { fetch, now: () => value as never };
      const mp = createMpClient({ ...credentials.mp, ...options });
      const pay = createPayClient({ ...PAY, ...options });
      for (const call of [
        mpRequest(mp, { method: "GET", path: "/cgi-bin/a" }),
        payRequest(pay, { method: "GET", path: "/v3/a" }),
      ]) {
        const error = await failure(call);
        expectWords(error, "now must return milliseconds since 1970 as a number", named);
      }
      expect(control.journal.entries()).toEqual([]);
    }
  });
});
